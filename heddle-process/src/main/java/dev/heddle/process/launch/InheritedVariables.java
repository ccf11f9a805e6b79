package dev.heddle.process.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The environment variables that every JVM reads its options from, as a worker gets them: without agents, debuggers' and
 * management ports, and files to write, which several JVMs cannot share. Stateless.
 */
final class InheritedVariables {
  /** The variables. */
  static final List<String> NAMES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private static final Pattern NOT_SHARED = Pattern.compile(
      "-agentlib:.*|-agentpath:.*|-javaagent:.*|-Xrun.*|-Xdebug|-Dcom\\.sun\\.management.*|-Xloggc:.*|-Xlog:[^:]*:(?!stdout|stderr).+"
          + "|-XX:StartFlightRecording.*|-XX:FlightRecorderOptions.*|-XX:\\+FlightRecorder|-XX:(HeapDumpPath|ErrorFile|LogFile|AOTCacheOutput|AOTConfiguration|ArchiveClassesAtExit"
          + "|DumpLoadedClassList)=.*|-XX:AOTMode=(record|create)"
          + "|-XX:\\+(HeapDumpOnOutOfMemoryError|AutoCreateSharedArchive|LogVMOutput|LogCompilation|DumpPerfMapAtExit)");

  /** A word as the JVM splits the variables: quotes hold spaces together. */
  private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+|[\"']\\S*");

  private static final Pattern QUOTES = Pattern.compile("\"([^\"]*)\"|'([^']*)'");
  private static final String OPTIONS_FILE = "-XX:VMOptionsFile=";

  private InheritedVariables() {}

  /**
   * Removes from a worker's environment what it cannot share.
   *
   * @param chosen names of the variables that the user has set for workers, which are left alone
   */
  static void clean(Map<String, String> environment, Set<String> chosen) {
    for (String name : NAMES) {
      String value = environment.get(name);
      if (value != null && !chosen.contains(name)) {
        List<String> words = words(value)
            .flatMap(each -> isArgumentFile(name, each) ? ofArgumentFile(each) : ofOptionsFile(each))
            .toList();
        if (!words.stream().allMatch(InheritedVariables::isShared)) {
          environment.put(name, words.stream().filter(InheritedVariables::isShared).collect(Collectors.joining(" ")));
        }
      }
    }
  }

  /** Returns those variables that a worker has, with their values. */
  static Map<String, String> of(Map<String, String> ours, Map<String, String> chosen) {
    Map<String, String> its = new HashMap<>(ours);
    clean(its, chosen.keySet());
    its.putAll(chosen);
    its.keySet().retainAll(NAMES);
    return Map.copyOf(its);
  }

  /** Only the {@code java} command reads argument files, and its own variable. */
  private static boolean isArgumentFile(String variable, String word) {
    return variable.equals("JDK_JAVA_OPTIONS") && word.startsWith("@") && !word.startsWith("@@");
  }

  /**
   * Returns the options in an argument file, as the variable would have them; the file itself if there is nothing to be
   * removed.
   */
  private static Stream<String> ofArgumentFile(String word) {
    List<String> options = ArgumentFile.read(word.substring(1)).stream().map(InheritedVariables::quoted).toList();
    return options.stream().allMatch(InheritedVariables::isShared) ? Stream.of(word) : options.stream();
  }

  /**
   * Returns the options in the JVM's own options file, if the word names one; the word if there is nothing to be removed.
   */
  private static Stream<String> ofOptionsFile(String word) {
    String option = unquoted(word);
    if (!option.startsWith(OPTIONS_FILE)) {
      return Stream.of(word);
    }
    try {
      List<String> options = words(Files.readString(Path.of(option.substring(OPTIONS_FILE.length())))).toList();
      return options.stream().allMatch(InheritedVariables::isShared) ? Stream.of(word) : options.stream();
    } catch (IOException | RuntimeException e) {
      return Stream.of(word); // gone meanwhile
    }
  }

  private static Stream<String> words(String text) {
    return WORD.matcher(text).results().map(MatchResult::group);
  }

  private static boolean isShared(String word) {
    return !NOT_SHARED.matcher(unquoted(word)).matches();
  }

  /** Returns a word without its quotes, as the JVM does; there are no others within. */
  private static String unquoted(String word) {
    return QUOTES.matcher(word).replaceAll("$1$2");
  }

  private static String quoted(String option) {
    char quote = option.indexOf('"') < 0 ? '"' : '\'';
    return quote + option + quote;
  }
}
