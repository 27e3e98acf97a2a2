// What every page has: menus that close, dialogs for older browsers, theme switch, shortcuts.
import { closeMenus } from "./menus.js";
import { openDialogs } from "./dialogs.js";
import { switchThemes } from "./themes.js";
import { listenForShortcuts } from "./shortcuts.js";

closeMenus(document);
openDialogs(document);
switchThemes(document);
listenForShortcuts(document);
