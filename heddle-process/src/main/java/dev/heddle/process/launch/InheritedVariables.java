package dev.heddle.process.launch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The environment variables that every JVM reads its options from, as a worker gets them: without agents, debuggers' and management
 * ports, and files to write, which several JVMs cannot share. Stateless.
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
        List<String> words = WORD.matcher(value).results().map(MatchResult::group)
            .flatMap(each -> isArgumentFile(name, each) ? contentOf(each) : Stream.of(each)).toList();
        if (words.stream().anyMatch(each -> NOT_SHARED.matcher(each).matches())) {
          environment.put(name, kept(words.stream()));
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

  /** Returns the options in an argument file, as the variable would have them; the file itself if there is nothing to be removed. */
  private static Stream<String> contentOf(String word) {
    List<String> options = ArgumentFile.read(word.substring(1));
    return options.stream().anyMatch(each -> NOT_SHARED.matcher(each).matches())
        ? options.stream().map(InheritedVariables::quoted)
        : Stream.of(word);
  }

  private static String quoted(String option) {
    char quote = option.indexOf('"') < 0 ? '"' : '\'';
    return NOT_SHARED.matcher(option).matches() ? option : quote + option + quote;
  }

  private static String kept(Stream<String> words) {
    return words.filter(each -> !NOT_SHARED.matcher(each).matches()).collect(Collectors.joining(" "));
  }
}
