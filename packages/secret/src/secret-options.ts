/** Where `create_secret` may take values from. */
export interface SecretOptions {
  /** Variables of this process that it may read, beside those named `FLYTE_MCP_SECRET_*`. */
  env?: readonly string[];
  /** The folder below which it may read files; none when left out. */
  dir?: string;
  /** Whether it takes a value as an argument (default true). */
  plain?: boolean;
}
