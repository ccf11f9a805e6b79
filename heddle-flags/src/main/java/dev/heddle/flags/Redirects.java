package dev.heddle.flags;

/**
 * The redirects of a server that are followed: at the most five in a row, and never from https to http. One that is not
 * followed is an error, since the reply is not the file.
 */
public enum Redirects {
  /** None. */
  NEVER,
  /** Those that stay on the same host and port; also from http to https on the standard ports. */
  SAME_SERVER,
  /** Those to any server: then the server decides to which hosts and ports this program connects. */
  ANYWHERE
}
