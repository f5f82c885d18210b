/** What the tools of the pad look like; each is named by the button that it is on. */

const icon = (path: string) => (
  <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
    <path d={path} />
  </svg>
);

export const clearIcon = icon('M4 4L12 12M12 4L4 12');
export const undoIcon = icon('M6.5 3L3 6.5L6.5 10M3 6.5H9.5A3.5 3.5 0 0 1 9.5 13.5H6');
export const eraserIcon = icon('M9.5 2.5L14 7L8 13H5L2 10ZM5.7 6.3L10.2 10.8M4.5 13.5H13.5');
export const nextIcon = icon('M6 3.5L11 8L6 12.5');
