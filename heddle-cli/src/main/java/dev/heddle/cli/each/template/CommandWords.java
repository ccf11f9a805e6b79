package dev.heddle.cli.each.template;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The forms of words in which bash evaluates a word as arithmetic or as a subscript, and so runs commands that are in it.
 * What a shell expands in a word has a mark in its place.
 */
final class CommandWords {
  /** In the place of an input, or of what may hold one, that is a part of one word. */
  static final char INPUT = '\0';

  /** In the place of what may hold an input, and becomes any number of words. */
  static final char FIELDS = '\1';

  /** In the place of what cannot hold an input. */
  static final char KNOWN = '\2';

  /** Variables whose values the shell evaluates, when they are assigned, or later. */
  static final Pattern EVALUATED = Pattern.compile(
      "(?s)(RANDOM|SRANDOM|SECONDS|LINENO|HISTCMD|OPTIND|BASHPID|PPID|UID|EUID|EPOCHSECONDS|PS0|PS1|PS2|PS3|PS4|ENV|BASH_ENV"
          + "|PROMPT_COMMAND)(\\+?=.*)?");

  /** Words after which the name of a command may come. */
  private static final Set<String> PREFIXES = Set.of("if", "then", "elif", "else", "while", "until", "do", "{", "!", "time",
      "command", "builtin", "coproc");

  /** Those of them that may have options. */
  private static final Set<String> WITH_OPTIONS = Set.of("time", "command", "builtin");

  private static final Set<String> DECLARING = Set.of("export", "readonly", "local", "declare", "typeset");

  private static final Set<String> READING = Set.of("read", "getopts", "mapfile", "readarray");

  /** Commands that take names of variables, with subscripts, or expressions. */
  private static final Set<String> EVALUATING = Set.of(
      "let", "declare", "typeset", "local", "readonly", "export", "unset", "read", "getopts", "mapfile", "readarray", "wait",
      "trap", "alias", "compgen", "complete", "compopt", "bind");

  private static final Set<String> TESTS = Set.of("test", "[");

  /** All commands whose arguments matter. */
  private static final List<String> SPECIAL = Stream.of(EVALUATING, TESTS, Set.of("printf", "[[")).flatMap(Set::stream)
      .toList();

  /** What may follow the first operand of an expression of test. */
  private static final Set<String> OPERATORS = Set.of("=", "==", "!=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge",
      "-nt", "-ot",
      "-ef", "-a", "-o", "]", ")");

  private static final Pattern ASSIGNMENT = Pattern.compile("(?s)[A-Za-z_]\\w*(\\[.*])?\\+?=.*");
  private static final Pattern SUBSCRIPT = Pattern.compile("(?s)\\{?[A-Za-z_]\\w*\\[[^]]*");
  private static final Pattern SUBSCRIPT_OF_NAME = Pattern.compile("(?s)\\{?[A-Za-z_]\\w*\\[.*");

  private CommandWords() {}

  static boolean isPrefix(String word) {
    return PREFIXES.contains(word) || ASSIGNMENT.matcher(word).matches();
  }

  static boolean hasOptions(String prefix) {
    return WITH_OPTIONS.contains(prefix);
  }

  static boolean declares(String name) {
    return DECLARING.contains(name);
  }

  static boolean reads(String name) {
    return READING.contains(name);
  }

  static boolean isEvaluating(String name) {
    return EVALUATING.contains(name);
  }

  static boolean isTest(String name) {
    return TESTS.contains(name);
  }

  static boolean isOperator(String word) {
    return OPERATORS.contains(word);
  }

  /** Whether an expansion behind this part of a word is in a subscript. */
  static boolean isSubscript(String word, boolean atName) {
    return (atName ? SUBSCRIPT_OF_NAME : SUBSCRIPT).matcher(word).matches();
  }

  /** Whether a word is an option of test or printf that takes a variable. */
  static boolean isOfVariable(String word) {
    return word.startsWith("-v") || word.startsWith("-R");
  }

  static boolean isMark(char c) {
    return c <= KNOWN;
  }

  /** Whether a word begins with an input, or with a hyphen and an input, and so may be any option or operator. */
  static boolean mayBeOption(String word) {
    String end = word.startsWith("-") ? word.substring(1) : word;
    return !end.isEmpty() && isMark(end.charAt(0)) && end.charAt(0) != KNOWN;
  }

  /** Whether a word may be the option -v with the name of a variable: not if it ends with what no such name has. */
  static boolean mayNameVariable(String word) {
    int last = Math.max(word.lastIndexOf(INPUT), word.lastIndexOf(FIELDS));
    String end = word.substring(last + 1);
    return mayBeOption(word) && (end.matches("\\w*") || end.endsWith("]"));
  }

  /**
   * Whether it is not certain that the name of a command is none of those that evaluate their arguments.
   *
   * @param hasPattern whether it has braces or a pattern, which the shell replaces
   */
  static boolean isUncertainName(String name, boolean hasPattern) {
    StringBuilder form = new StringBuilder();
    boolean isOpen = false;
    for (int i = 0; i < name.length() && !isOpen; i++) {
      char c = name.charAt(i);
      isOpen = c == FIELDS || (hasPattern && "*?[{".indexOf(c) >= 0);
      form.append(isOpen || c == INPUT ? ".*" : c == KNOWN ? "" : Pattern.quote(String.valueOf(c)));
    }
    if (name.chars().noneMatch(c -> isMark((char) c)) && !hasPattern) {
      return false;
    }
    Pattern pattern = Pattern.compile("(?s)" + form);
    return SPECIAL.stream().anyMatch(each -> pattern.matcher(each).matches());
  }
}
