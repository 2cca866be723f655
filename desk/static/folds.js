// The computer's lines in an open conversation, folded or shown. What the reader chose stays while this page is open, and after
// a reload of it.

const folds = () => document.querySelectorAll(".group > details");
const key = (fold) => fold.parentElement.dataset.key;
const chosen = () => history.state?.folds ?? {};

export function watchFolds() {
  for (const fold of folds()) if (key(fold) in chosen()) fold.open = chosen()[key(fold)];
  // A fold toggles also when it is drawn, or opened for a hit; only the reader's own choice is kept.
  document.querySelector(".scroll")?.addEventListener("click", ({ target }) => {
    const fold = target.closest(".group > details > summary")?.parentElement;
    if (fold) keep(fold, !fold.open);
  });
}

// Shows all of them, or folds all if all are shown.
export function turnFolds() {
  const open = [...folds()].some((fold) => !fold.open);
  for (const fold of folds()) {
    fold.open = open;
    keep(fold, open);
  }
}

function keep(fold, open) {
  history.replaceState({ ...history.state, folds: { ...chosen(), [key(fold)]: open } }, "");
}
