package dev.heddle.flags;

import dev.heddle.flags.server.FlagImages;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The country codes (ISO 3166-1, two letters) whose flags can be downloaded. Immutable; thread-safe.
 *
 * <p>Origin: {@code POP20_CC} and {@code expand_cc_args} of "Fluent Python".
 */
public final class Countries {
  /** The 20 most populous countries as of "Fluent Python", the most populous first. */
  public static final List<String> POP20 = List.of("CN", "IN", "US", "ID", "BR", "PK", "NG", "BD", "RU", "JP",
      "MX", "PH", "VN", "ET", "EG", "DE", "IR", "TR", "CD", "FR");

  private Countries() {}

  /** All codes with a flag, sorted. */
  public static List<String> known() {
    return Known.CODES;
  }

  /** All pairs of letters from AA to ZZ, sorted; most are not a country's code. */
  public static List<String> everyPair() {
    List<String> pairs = new ArrayList<>(26 * 26);
    for (char first = 'A'; first <= 'Z'; first++) {
      for (char second = 'A'; second <= 'Z'; second++) {
        pairs.add("" + first + second);
      }
    }
    return List.copyOf(pairs);
  }

  /**
   * Expands arguments to codes.
   *
   * @param typed codes of two letters, or single letters that stand for all known codes beginning with them; in upper or
   *     lower case
   * @return known codes, sorted, without duplicates
   * @throws IllegalArgumentException if an argument is not a code, or there is no flag for it
   */
  public static List<String> expand(Collection<String> typed) {
    SortedSet<String> codes = new TreeSet<>();
    for (String each : typed) {
      codes.addAll(expand(each));
    }
    return List.copyOf(codes);
  }

  /** Returns the English name of a country; the code itself if it has no name. */
  public static String name(String code) {
    return Locale.of("", code).getDisplayCountry(Locale.ENGLISH);
  }

  private static List<String> expand(String typed) {
    String code = typed.toUpperCase(Locale.ROOT);
    if (!code.matches("[A-Z]{1,2}")) {
      throw new IllegalArgumentException(
          "country code must be two letters (BR), or one letter for all codes that begin with it, but was '" + typed + "'");
    }
    if (code.length() == 2 && Known.CODES.contains(code)) {
      return List.of(code);
    }
    List<String> sameLetter = Known.CODES.stream().filter(known -> known.startsWith(code.substring(0, 1))).toList();
    if (code.length() == 2 || sameLetter.isEmpty()) {
      throw new IllegalArgumentException(
          "country code must be one with a flag, but was '" + typed + "'; "
              + (sameLetter.isEmpty()
                  ? "no known code begins with " + code.charAt(0)
                  : "the codes that begin with " + code.charAt(0) + " are " + String.join(" ", sameLetter)));
    }
    return sameLetter;
  }

  /** Returns a code as it is written in addresses and file names. */
  static String lower(String code) {
    return code.toLowerCase(Locale.ROOT);
  }

  /** Returns the codes without duplicates, each checked to be two capital letters. */
  static List<String> distinct(Collection<String> codes) {
    for (String code : codes) {
      if (!code.matches("[A-Z]{2}")) {
        throw new IllegalArgumentException(
            "code must be two capital letters, but was '" + code + "'; Countries.expand accepts lower case as well");
      }
    }
    return List.copyOf(new LinkedHashSet<>(codes));
  }

  /** Computed at first use from the images, which are the only list of codes. */
  private static final class Known {
    static final List<String> CODES = everyPair().stream().filter(FlagImages::has).toList();
  }
}
