package dev.heddle.cli.each.template;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The variables of a template that cannot hold an input: those of the environment, which the template does not assign, and
 * those to which it assigns nothing but numbers.
 *
 * <p>Each place that has the name must be of a form that is known to assign no text; a name in any other place, such as
 * {@code read n}, is taken for an assignment.
 */
final class KnownVariables {
  /** Variables that the shell sets from words and input, and those of inputs. */
  private static final Pattern SET_BY_SHELL = Pattern.compile(
      "_|PWD|OLDPWD|REPLY|OPTARG|MAPFILE|COPROC|DIRSTACK|PIPESTATUS|FUNCNAME|BASH.*|COMP_.*|READLINE_.*|HEDDLE_(?!JOB$).*");

  private static final String ARITHMETIC = "\\$\\(\\((?:[^()'\"`;\\n\\\\]|\\((?:[^()'\"`;\\n\\\\]|\\([^()'\"`;\\n\\\\]*\\))*\\))*\\)\\)";

  /** A command that prints a number, whatever the file has. */
  static final Pattern NUMBER_COMMAND = Pattern.compile("\\$\\(\\s*wc\\s+-[clmw]\\s*<\\s*[^\\s()<>|;&]+\\s*\\)");

  private static final Pattern NUMBER = Pattern.compile(
      "(?:-?\\d+|" + ARITHMETIC + "|\\$[#?!$]|\\$\\{#\\w+}|\\{#}|" + NUMBER_COMMAND.pattern() + ")(?=[\\s;&|)]|$)");
  private static final Pattern NUMBERS = Pattern.compile("\\s+in(?:[ \\t]+-?\\d+)*[ \\t]*[;\\n]");
  private static final Pattern ASSIGNING = Pattern.compile(":?=");
  private static final Pattern BROKEN_NAME = Pattern.compile("\\w\\\\\\n\\w");
  private static final Pattern PLAIN_VALUE = Pattern.compile("=(?:[\\w./:@%+,\"-]|\\$\\w+|\\$\\{\\w+})*(?=[\\s;&|)]|$)");
  private static final Pattern EXPANSION = Pattern.compile("\\$\\{?(\\w+)");
  private static final String BEFORE_ASSIGNMENT = " \t\n;&|(){}";

  private final String template;
  private final boolean[] inArithmetic;
  private final Map<String, Boolean> known = new HashMap<>();

  KnownVariables(String template) {
    this.template = template;
    this.inArithmetic = new boolean[template.length()];
    Matcher arithmetic = Pattern.compile(ARITHMETIC).matcher(template);
    while (arithmetic.find()) {
      Arrays.fill(inArithmetic, arithmetic.start(), arithmetic.end(), true);
    }
  }

  /** Whether a variable cannot hold an input. */
  boolean contains(String name) {
    return known.computeIfAbsent(name, this::isKnown);
  }

  private boolean isKnown(String name) {
    if (!isNamed(name)) {
      return false;
    }
    Matcher place = Pattern.compile("(?<!\\w)" + name + "(?!\\w)").matcher(template);
    while (place.find()) {
      if (!isExpansion(place.start(), place.end()) && !isNumber(place.start(), place.end())) {
        return false;
      }
    }
    return true;
  }

  /** Whether nothing but plain text, its own value and known variables is assigned to a variable. */
  boolean isConstant(String name) {
    Matcher place = Pattern.compile("(?<!\\w)" + name + "(?!\\w)").matcher(template);
    boolean isConstant = isNamed(name);
    while (isConstant && place.find()) {
      isConstant = isExpansion(place.start(), place.end()) || (isWord(place.start()) && isPlain(name, place.end()));
    }
    return isConstant;
  }

  private boolean isPlain(String name, int from) {
    Matcher value = PLAIN_VALUE.matcher(template).region(from, template.length());
    return value.lookingAt()
        && EXPANSION.matcher(value.group()).results().map(each -> each.group(1))
            .allMatch(each -> each.equals(name) || contains(each));
  }

  /** Whether the shell sets no variable of this name. */
  private boolean isNamed(String name) {
    return Character.isLetter(name.charAt(0)) && !SET_BY_SHELL.matcher(name).matches()
        && !BROKEN_NAME.matcher(template).find();
  }

  private boolean isWord(int start) {
    return start == 0 || BEFORE_ASSIGNMENT.indexOf(template.charAt(start - 1)) >= 0;
  }

  private boolean isExpansion(int start, int end) {
    String before = template.substring(Math.max(0, start - 3), start);
    boolean inBraces = before.endsWith("${") || before.equals("${#");
    return before.endsWith("$") || inArithmetic[start] || (inBraces && !looksAt(ASSIGNING, end));
  }

  private boolean isNumber(int start, int end) {
    boolean isAssigned = template.startsWith("=", end) && looksAt(NUMBER, end + 1);
    boolean isCounted = template.substring(0, start).matches("(?s)(.*[\\s;&|({])?for[ \\t]+") && looksAt(NUMBERS, end);
    return isWord(start) && (isAssigned || isCounted);
  }

  private boolean looksAt(Pattern pattern, int from) {
    return pattern.matcher(template).region(from, template.length()).lookingAt();
  }
}
