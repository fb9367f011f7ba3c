export { Button, buttonLook, IconButton } from "./Button";
export { Dialog } from "./Dialog";
export { DateField } from "./dates";
export {
  CheckField,
  CountField,
  type FieldBasics,
  MoneyField,
  RadioField,
  TextField,
} from "./fields";
export { Amount, AssumedBadge, GradeBadge, SourceLine, Unknown } from "./figures";
export { Actions, Card, EmptyState, Facts, Fields, Page } from "./layout";
export { More } from "./More";
export {
  ErrorNotice,
  ErrorSummary,
  type FieldProblem,
  focusField,
  Notice,
  Waiting,
} from "./notices";
export { Popup } from "./Popup";
export { type Option, SearchField, SelectField } from "./select";
export { type Column, Table } from "./Table";
export { Tabs } from "./Tabs";
export { dropOldToast, Toasts, toast } from "./toasts";
export { Words } from "./Words";
