package dev.heddle.cli.each.template;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An expansion of a parameter, such as {@code $x} or <code>${x%.*}</code>, that all shells read in the same way, and that
 * evaluates nothing.
 *
 * @param name the name of the parameter
 * @param text the whole expansion
 * @param isNumber whether it is always a number
 * @param isPlain whether it is the value, unchanged
 * @param mayBeEmpty whether it is not certain that it has a character
 */
record ParameterExpansion(String name, String text, boolean isNumber, boolean isPlain, boolean mayBeEmpty) {
  private static final String WORD = "[\\w.:=+?%#/*@^,~ -]*";

  /** Neither <code>${!name}</code> nor <code>${name@P}</code> nor an offset that is an expression: bash evaluates these. */
  private static final Pattern FORM = Pattern.compile(
      "\\$(?<special>[?#!$-]|0(?!\\d))|\\$(?<short>[A-Za-z_]\\w*|\\d|[@*])"
          + "|\\$\\{(?:(?<specialin>[?#!$0-])|#(?<length>[A-Za-z_]\\w*|\\d+|[@*])|(?<name>[A-Za-z_]\\w*|\\d+|[@*])"
          + "(?<change>:?[-=+?]" + WORD + "|[#%/^,]" + WORD + "|: *-?\\d+(?:: *-?\\d+)?)?)}");

  private static final Pattern NEVER_EMPTY = Pattern.compile(":\\?.*|:[-=].*[^ ].*");

  /** Returns the expansion at an index; null if there is none, or none of this kind. */
  static @Nullable ParameterExpansion at(String template, int index) {
    Matcher form = FORM.matcher(template).region(index, template.length());
    if (!form.lookingAt()) {
      return null;
    }
    String special = form.group("special") == null ? form.group("specialin") : form.group("special");
    if (special != null || form.group("length") != null) {
      boolean isNumber = special == null || "?#!$".contains(special);
      return new ParameterExpansion(special == null ? form.group("length") : special, form.group(), isNumber, true,
          !isNumber);
    }
    String change = form.group("change");
    String name = form.group("name") == null ? form.group("short") : form.group("name");
    return new ParameterExpansion(name, form.group(), false, change == null,
        change == null || !NEVER_EMPTY.matcher(change).matches());
  }

  /** Whether it may become several words in double quotes, too. */
  boolean isList() {
    return name.equals("@");
  }
}
