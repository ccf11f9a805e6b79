package dev.heddle.flags;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The country codes whose flags can be asked for: two letters each, after ISO 3166-1. Immutable; thread-safe.
 *
 * <p>Origin: {@code POP20_CC} and {@code expand_cc_args} of "Fluent Python".
 */
public final class Countries {
  /** The 20 most populous countries of the book's day, the most populous first. */
  public static final List<String> POP20 = List.of("CN", "IN", "US", "ID", "BR", "PK", "NG", "BD", "RU", "JP",
      "MX", "PH", "VN", "ET", "EG", "DE", "IR", "TR", "CD", "FR");

  private Countries() {}

  /** Every code there is a flag for, sorted. */
  public static List<String> known() {
    return Known.CODES;
  }

  /** Every pair of letters from AA to ZZ, sorted; most are no country's code. */
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
   * The codes that are meant by what a user typed.
   *
   * @param typed codes of two letters, or single letters that stand for every known code beginning with them; in either case
   * @return known codes, sorted, each once
   * @throws IllegalArgumentException if one is no code, or no flag is known for it
   */
  public static List<String> expand(Collection<String> typed) {
    SortedSet<String> codes = new TreeSet<>();
    for (String each : typed) {
      codes.addAll(expand(each));
    }
    return List.copyOf(codes);
  }

  /** The English name of a country; the code itself where there is none. */
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
          "country code must be one there is a flag for, but was '" + typed + "'; "
              + (sameLetter.isEmpty()
                  ? "no known code begins with " + code.charAt(0)
                  : "those that begin with " + code.charAt(0) + " are " + String.join(" ", sameLetter)));
    }
    return sameLetter;
  }

  /** A code as it stands in addresses and file names. */
  static String lower(String code) {
    return code.toLowerCase(Locale.ROOT);
  }

  /** The codes without those that occurred before, each checked to be two capital letters. */
  static List<String> distinct(Collection<String> codes) {
    for (String code : codes) {
      if (!code.matches("[A-Z]{2}")) {
        throw new IllegalArgumentException(
            "code must be two capital letters, but was '" + code + "'; Countries.expand turns what users type into codes");
      }
    }
    return List.copyOf(new LinkedHashSet<>(codes));
  }

  /** Found once, when first asked for: the images are the only list of codes there is. */
  private static final class Known {
    static final List<String> CODES = everyPair().stream().filter(FlagImages::has).toList();
  }
}
