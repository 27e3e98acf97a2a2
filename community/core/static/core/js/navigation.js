// On a phone the navigation is wider than the screen: where one is shall be in sight.

export function showWhereOneIs(root) {
  const nav = root.querySelector(".co-nav");
  const here = nav?.querySelector("[aria-current]");
  if (!here || nav.scrollWidth <= nav.clientWidth) return;
  const [frame, link] = [nav.getBoundingClientRect(), here.getBoundingClientRect()];
  nav.scrollLeft += link.left + link.width / 2 - (frame.left + frame.width / 2);
}
