export function SettingsScreen() { return <p>x</p>; }
