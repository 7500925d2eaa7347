import { openBrowser, whyNoBrowser } from "../chromium.ts";
import { openPlane, openServer } from "./open-plane.ts";
import { addressIn, codeIn } from "./walk.ts";

if (whyNoBrowser) process.stderr.write(`SKIPPED: no browser walks through a login, ${whyNoBrowser}\n`);
const described = whyNoBrowser ? describe.skip : describe;

described("a browser with a person before it", () => {
  it("walks through a login that comes back to this machine", async () => {
    const plane = await openPlane();
    const { failure, answer, loggedIn } = await openServer(plane);
    const { page, close } = await openBrowser();
    await page.goto(addressIn(await failure("list_runs")));
    await page.getByRole("button", { name: "approve" }).click();
    await page.getByText("You are logged in to Flyte.").waitFor();
    await loggedIn();
    await answer("list_runs");
    expect(plane.grants()).toEqual(["authorization_code"]);
    await close();
    await plane.close();
  });

  it("walks through a login by a device code", async () => {
    const plane = await openPlane();
    const { failure, answer, loggedIn } = await openServer(plane, { authType: "DeviceFlow" });
    const { page, close } = await openBrowser();
    const said = await failure("list_runs");
    await page.goto(addressIn(said));
    await page.locator("[name=user_code]").fill(codeIn(said));
    await page.getByRole("button", { name: "approve" }).click();
    await page.getByText("The device is let in.").waitFor();
    await loggedIn();
    await answer("list_runs");
    expect(plane.grants()).toEqual(["device_code"]);
    await close();
    await plane.close();
  });
});
