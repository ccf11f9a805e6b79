package dev.heddle.flags.http;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/** The part of paths and addresses that is made of a country's code, which is checked before. */
public final class FlagPath {
  private static final Pattern CODE = Pattern.compile("[A-Za-z]{2}");

  private FlagPath() {}

  /**
   * Returns the name of a flag's file, such as {@code br.svg}.
   *
   * @param code two letters
   */
  public static String name(String code) {
    return checked(code) + ".svg";
  }

  /**
   * Returns the address of a flag.
   *
   * @param base the address of all flags, without a slash at the end
   * @param code two letters
   */
  public static URI of(URI base, String code) {
    return URI.create(base + "/" + checked(code) + "/" + name(code));
  }

  private static String checked(String code) {
    if (!CODE.matcher(code).matches()) {
      throw new IllegalArgumentException("code must be two letters such as BR, but was " + Quoted.of(code));
    }
    return code.toLowerCase(Locale.ROOT);
  }
}
