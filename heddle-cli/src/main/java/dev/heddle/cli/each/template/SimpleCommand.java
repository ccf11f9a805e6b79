package dev.heddle.cli.each.template;

import static dev.heddle.cli.each.template.CommandWords.EVALUATED;
import static dev.heddle.cli.each.template.CommandWords.FIELDS;
import static dev.heddle.cli.each.template.CommandWords.INPUT;
import static dev.heddle.cli.each.template.CommandWords.KNOWN;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of the simple command that a scanner is in, as far as they matter for contexts in which bash evaluates a word;
 * it refuses inputs, and what may hold one, in these.
 */
final class SimpleCommand {
  private static final Pattern VALUE = Pattern.compile("(?s)[A-Za-z_]\\w*=.*");
  private static final Pattern NAME_OR_VALUE = Pattern.compile("(?s)[A-Za-z_]\\w*(=.*)?");
  private static final String NAME_REMEDY = "write its name or its path, or env before it";

  /** The meaning of the next word, if a redirection is before it. */
  private enum Target {
    NONE, FILE, DESCRIPTOR
  }

  private final Refusals refusals;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private boolean hasQuotes;
  private boolean hasPattern; // or braces
  private boolean nameHasPattern;
  private boolean optionsFollow; // of a word such as command, before the name
  private boolean nameMayVanish;
  private Target target = Target.NONE;

  SimpleCommand(Refusals refusals) {
    this.refusals = refusals;
  }

  /** Adds a character of a word that is quoted, or means nothing to the shell. */
  void character(char c) {
    inWord = true;
    word.append(CommandWords.isMark(c) ? '?' : c);
  }

  /** Adds a character of a word without quotes. */
  void plain(char c) {
    hasPattern |= "*?[{".indexOf(c) >= 0;
    character(c);
  }

  /** Begins a quoted part of a word. */
  void quote() {
    inWord = true;
    hasQuotes = true;
  }

  /** Adds what cannot hold an input; it may be empty. */
  void known() {
    add(KNOWN);
  }

  /**
   * Adds what may hold an input.
   *
   * @param what its description
   * @param fields whether it may become any number of words
   */
  void input(String what, boolean fields) {
    check(what, fields);
    add(fields ? FIELDS : INPUT);
  }

  private void add(char mark) {
    inWord = true;
    word.append(mark);
  }

  /** Ends the word at a blank or an operator, which may also end the command; returns the word. */
  String operator(char c) {
    String ended = word.toString();
    if ((c == '<' || c == '>') && ended.matches("\\d+|\\{\\w+}")) {
      word.setLength(0); // a file descriptor, as in 2>file
      inWord = false;
      hasPattern = false;
    }
    endWord();
    if (c == '<' || c == '>') {
      target = Target.FILE;
    } else if (c != ' ' && c != '\t') {
      target = Target.NONE;
      words.clear();
      optionsFollow = false;
      nameMayVanish = false;
    }
    return ended;
  }

  /** Ends the word at an operator such as {@code >&}. */
  void duplicate() {
    operator('>');
    target = Target.DESCRIPTOR;
  }

  /** Whether the word is the beginning of an assignment to an array, if a parenthesis follows. */
  boolean isAssignment() {
    return word.toString().matches("[A-Za-z_]\\w*\\+?=");
  }

  /** Whether the scanner is in a word. */
  boolean isInWord() {
    return inWord;
  }

  /** Whether the next word is an argument or the target of a redirection, and no word of the grammar. */
  boolean isAtArgument() {
    if (inWord || target == Target.DESCRIPTOR) {
      return false;
    }
    if (target == Target.FILE) {
      return true;
    }
    return !words.isEmpty() && switch (words.getFirst()) {
      case "case" -> false;
      case "for", "select" -> words.size() >= 3;
      default -> true;
    };
  }

  /** Whether the scanner is in a value, as in {@code export x=}. */
  boolean isValueOfDeclaration() {
    return !words.isEmpty() && CommandWords.declares(words.getFirst()) && VALUE.matcher(word).matches();
  }

  private void endWord() {
    if (!inWord) {
      return;
    }
    String ended = word.toString();
    boolean quoted = hasQuotes;
    boolean pattern = hasPattern;
    word.setLength(0);
    inWord = false;
    hasQuotes = false;
    hasPattern = false;
    if (target != Target.NONE) {
      target = Target.NONE;
    } else if (words.isEmpty()) {
      endName(ended, quoted, pattern);
    } else {
      endArgument(ended, quoted, pattern);
    }
  }

  private void endName(String name, boolean quoted, boolean pattern) {
    if (optionsFollow && name.startsWith("-")) {
      return;
    }
    if (CommandWords.isPrefix(name)) {
      optionsFollow = CommandWords.hasOptions(name);
      return;
    }
    if (name.equals("[[")) {
      throw refusals.of("[[...]]", "which evaluates words in bash, and runs words in shells that do not know it",
          "write [ ... ] or case");
    }
    if (name.equals("alias")) {
      throw refusals.of("alias", "which changes what words are", "write a function");
    }
    if (name.indexOf(FIELDS) >= 0 && CommandWords.isUncertainName(name, pattern)) {
      throw refusals.of("an expansion without quotes as the name of a command",
          "which the shell takes apart, or leaves out", "put it in double quotes, or env before it");
    }
    boolean vanishes = !quoted && name.chars().allMatch(c -> c == KNOWN || "{},".indexOf(c) >= 0) && !name.equals("{");
    if (vanishes) {
      nameMayVanish = true;
      return;
    }
    if (nameMayVanish && name.indexOf(INPUT) == 0) {
      throw refusals.of("an input after a word that may expand to nothing", "where the shell would run the input",
          "put that word in double quotes, or write env before it");
    }
    nameHasPattern = pattern && !name.equals("[");
    words.add(name);
  }

  private void endArgument(String argument, boolean quoted, boolean pattern) {
    String name = words.getFirst();
    if ((name.equals("for") || name.equals("select")) && words.size() == 2 && !quoted
        && (argument.equals("do") || argument.equals("{"))) {
      words.clear(); // for i do
      return;
    }
    if (CommandWords.reads(name) && (pattern || EVALUATED.matcher(argument).matches())) {
      throw refusals.ofEvaluated("the variable " + argument + " as an argument of " + name, "use another variable");
    }
    if (CommandWords.isTest(name) && words.size() > 1 && CommandWords.mayBeOption(words.getLast())
        && !CommandWords.isOperator(argument)) {
      throw refusals.ofEvaluated("an input before another word in " + name + ", of which the first may be -v",
          "write an operator such as = between them, or -n before the first");
    }
    if (name.equals("printf") && words.size() == 1 && CommandWords.mayNameVariable(argument)) {
      throw refusals.ofEvaluated("an input at the beginning of the format of printf, which may be -v", "write printf %s {}");
    }
    words.add(argument);
  }

  /** Whether the words so far declare a variable as an integer, so that bash evaluates what is assigned to it. */
  boolean declaresInteger() {
    return !words.isEmpty() && CommandWords.declares(words.getFirst())
        && words.stream().anyMatch(each -> each.matches("[-+]\\w*[in]\\w*"));
  }

  /** Refuses what may hold an input, if bash evaluates it there. */
  private void check(String what, boolean fields) {
    if (target == Target.DESCRIPTOR) {
      throw refusals.ofEvaluated(what + " after >&", "write >file 2>&1, or the number of the descriptor");
    }
    if (target == Target.FILE) {
      return;
    }
    if (CommandWords.isSubscript(word.toString(), words.isEmpty())) {
      throw refusals.ofEvaluated(what + " in a subscript", "use plain variables");
    }
    Matcher assigned = EVALUATED.matcher(word);
    if (assigned.matches() && word.indexOf("=") >= 0) {
      throw refusals.ofEvaluated(what + " in an assignment to " + assigned.group(1), "use another variable");
    }
    if (!words.isEmpty()) {
      checkArgument(words.getFirst(), what, fields);
    }
  }

  private void checkArgument(String name, String what, boolean fields) {
    if (name.equals("for") || name.equals("select")) {
      if (words.size() > 1 && EVALUATED.matcher(words.get(1)).matches()) {
        throw refusals.ofEvaluated(what + " in an assignment to " + words.get(1), "use another variable");
      }
    } else if (CommandWords.isUncertainName(name, nameHasPattern)) {
      throw refusals.ofEvaluated(what + " as an argument of a command whose name is not certain, such as let", NAME_REMEDY);
    } else if (CommandWords.isEvaluating(name)) {
      checkEvaluating(name, what, fields);
    } else if (CommandWords.isTest(name) || name.equals("printf")) {
      if (words.stream().anyMatch(CommandWords::isOfVariable) || CommandWords.isOfVariable(word.toString())) {
        throw refusals.ofEvaluated(what + " as an argument of " + name + " with -v", "leave -v out");
      }
      if (fields && !name.equals("printf")) {
        throw refusals.ofEvaluated(what + " without quotes in " + name + ", which may become -v and another word",
            "put it in double quotes");
      }
    }
  }

  private void checkEvaluating(String name, String what, boolean fields) {
    boolean isValue = isValueOfDeclaration()
        && words.stream().skip(1).allMatch(each -> NAME_OR_VALUE.matcher(each).matches());
    if (isValue && fields) {
      throw refusals.of(what + " without quotes as an argument of " + name,
          "which some shells take apart to several assignments",
          "put it in double quotes");
    }
    if (!isValue) {
      throw refusals.ofEvaluated(what + " as an argument of " + name, switch (name) {
        case "trap" -> "put the command in single quotes, and the input in a variable";
        case "unset", "read", "export" -> "write the variable's name";
        default -> "use a command that takes it as text";
      });
    }
  }
}
