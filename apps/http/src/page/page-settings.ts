import { flag } from "@flyte-mcp/core";

/** Whether people who open the server in a browser find a page. */
export const pageSettings = {
  page: flag({
    description:
      "Serve a page for people that says what the server offers and how to connect; --no-page turns it off.",
    strict: true,
  }),
};
