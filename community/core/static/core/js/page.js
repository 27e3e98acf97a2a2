// What every page has: menus that close, navigation in sight, dialogs for older browsers, theme switch, shortcuts.
import { closeMenus } from "./menus.js";
import { openDialogs } from "./dialogs.js";
import { showWhereOneIs } from "./navigation.js";
import { switchThemes } from "./themes.js";
import { listenForShortcuts } from "./shortcuts.js";

closeMenus(document);
showWhereOneIs(document);
openDialogs(document);
switchThemes(document);
listenForShortcuts(document);
