/**
 * The newest consistency token that a page of the console has been answered with. What a test asks the API for after a press in the
 * browser, it wants with what the press did, as the console itself does for its own pages.
 */
export const written = {
  latest: undefined,
  remember(token) {
    if (token !== undefined && !(Number(token) <= Number(this.latest))) {
      this.latest = token;
    }
  },
};
