import { config } from "zod";

// Compiling a validator for each schema costs a start more than one client's messages ever give back.
config({ jitless: true });
