/** 往后看多久 — in months, as the choices of the screen. */
export const HORIZONS = ["3", "12", "24", "60", "120", "360"] as const;

export type Horizon = (typeof HORIZONS)[number];
