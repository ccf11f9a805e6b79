package dev.heddle.codec.loader;

/**
 * The names of class loaders: {@code L} and a number; for a state of a jshell session {@code S}, a hash, and its loader's
 * name.
 */
final class SpaceNames {
  private static final char LOADER = 'L';
  private static final char SHELL = 'S';

  private SpaceNames() {}

  static String ofLoader(int number) {
    return LOADER + String.valueOf(number);
  }

  static String ofShell(String hash, String loaderName) {
    return SHELL + hash + loaderName;
  }

  /** Returns the number of the parent's loader that the classes of a space are from; 0 for home. */
  static int loaderOf(String space) {
    int at = space.lastIndexOf(LOADER);
    return at < 0 ? 0 : Integer.parseInt(space.substring(at + 1));
  }
}
