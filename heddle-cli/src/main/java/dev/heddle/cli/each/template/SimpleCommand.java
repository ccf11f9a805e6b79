package dev.heddle.cli.each.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The words of the simple command that a scanner is in, as far as they matter for contexts in which bash evaluates a word as
 * arithmetic or as a subscript, and so runs commands that are in it.
 */
final class SimpleCommand {
  /** Words before which or after which the command's name may come. */
  private static final Set<String> PREFIXES = Set.of(
      "if", "then", "elif", "else", "while", "until", "do", "{", "!", "time", "command", "builtin", "exec", "coproc", "-p",
      "--");

  /** Commands that take names of variables, with subscripts, or expressions. */
  private static final Set<String> EVALUATING = Set.of(
      "let", "declare", "typeset", "local", "readonly", "export", "unset", "read", "getopts", "mapfile", "readarray", "[[",
      "wait", "trap", "alias", "compgen", "complete", "compopt", "bind");

  /** Variables whose values the shell evaluates, when they are assigned, or later. */
  private static final Pattern EVALUATED = Pattern.compile(
      "(?s)(RANDOM|SRANDOM|SECONDS|LINENO|HISTCMD|OPTIND|BASHPID|PPID|UID|EUID|EPOCHSECONDS|PS0|PS1|PS2|PS3|PS4|ENV|BASH_ENV"
          + "|PROMPT_COMMAND)(\\+?=.*)?");

  /** A word of nothing but unquoted expansions, which may expand to nothing: then the next word is in its place. */
  private static final Pattern MAY_VANISH = Pattern.compile("([{},`]|\\$(\\w+|[-@*#?!$])?)+");

  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private boolean hasQuotes;
  private boolean hasPlaceholder;
  private boolean isTarget; // of a redirection
  private boolean inBrackets; // of [[ ... ]]

  /** Adds a character of a word, quoted or not. */
  void character(char c) {
    inWord = true;
    word.append(c);
  }

  /** Begins a quoted part of a word. */
  void quote() {
    inWord = true;
    hasQuotes = true;
  }

  /** Adds a placeholder to the word. */
  void placeholder() {
    inWord = true;
    hasPlaceholder = true;
    word.append('\0');
  }

  /** Ends the word at a blank or an operator, which may also end the command; returns the word. */
  String operator(char c) {
    String ended = word.toString();
    if ((c == '<' || c == '>') && ended.matches("\\d+|\\{\\w+}")) {
      word.setLength(0); // a file descriptor, as in 2>file
      inWord = false;
    }
    endWord();
    if (c == '<' || c == '>') {
      isTarget = true;
    } else if (c != ' ' && c != '\t' && !(isTarget && (c == '&' || c == '|'))) { // not >& or >|
      isTarget = false;
      if (!inBrackets) {
        words.clear();
      }
    }
    return ended;
  }

  /** Whether the word is the beginning of an assignment to an array, if a parenthesis follows. */
  boolean isAssignment() {
    return word.toString().matches("[A-Za-z_]\\w*\\+?=");
  }

  /** Whether the scanner is in a word. */
  boolean isInWord() {
    return inWord;
  }

  /** Whether the scanner is between {@code [[} and {@code ]]}. */
  boolean isInBrackets() {
    return inBrackets;
  }

  /** Whether the words so far declare a variable as an integer, so that bash evaluates what is assigned to it. */
  boolean declaresInteger() {
    return !words.isEmpty() && Set.of("declare", "typeset", "local", "export", "readonly").contains(words.getFirst())
        && words.stream().anyMatch(each -> each.matches("[-+]\\w*[in]\\w*"));
  }

  private void endWord() {
    if (!inWord) {
      return;
    }
    String ended = word.toString();
    if (isTarget) {
      isTarget = false;
    } else if (!(words.isEmpty() && (isPrefix(ended) || mayVanish(ended)))) {
      words.add(ended);
    }
    inBrackets = words.isEmpty() ? inBrackets : words.getFirst().equals("[[") && (hasQuotes || !ended.equals("]]"));
    word.setLength(0);
    inWord = false;
    hasQuotes = false;
    hasPlaceholder = false;
  }

  private boolean mayVanish(String ended) {
    return !hasQuotes && MAY_VANISH.matcher(ended).matches();
  }

  private static boolean isPrefix(String word) {
    return PREFIXES.contains(word) || word.matches("(?s)[A-Za-z_]\\w*(\\[.*])?\\+?=.*");
  }

  /** Returns where a placeholder would stand, if bash evaluates it there; else null. */
  @Nullable
  String evaluatingContext() {
    if (word.toString().matches("(?s)[A-Za-z_]\\w*\\[[^]]*")) {
      return "in a subscript";
    }
    Matcher assigned = EVALUATED.matcher(word);
    if (assigned.matches() && word.indexOf("=") >= 0) {
      return "in an assignment to " + assigned.group(1);
    }
    if (words.isEmpty()) {
      return null;
    }
    String name = words.getFirst();
    if (name.equals("for") || name.equals("select")) {
      return words.size() > 1 && EVALUATED.matcher(words.get(1)).matches() ? "in an assignment to " + words.get(1) : null;
    }
    if (EVALUATING.contains(name)) {
      boolean isValue = (name.equals("export") || name.equals("readonly")) && word.toString().matches("(?s)[A-Za-z_]\\w*=.*")
          && !hasPlaceholderBefore('=') && words.size() == 1;
      return isValue ? null : "as an argument of " + name;
    }
    if ((name.equals("test") || name.equals("[") || name.equals("printf"))
        && Stream.concat(words.stream(), Stream.of(word.toString())).anyMatch(each -> each.matches("(?s)-[vR].*"))) {
      return "as an argument of " + name + " with -v";
    }
    return null;
  }

  private boolean hasPlaceholderBefore(char c) {
    int end = word.indexOf(String.valueOf(c));
    int placeholder = word.indexOf("\0");
    return hasPlaceholder && placeholder >= 0 && placeholder < end;
  }
}
