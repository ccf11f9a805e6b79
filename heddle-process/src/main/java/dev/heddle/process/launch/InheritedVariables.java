package dev.heddle.process.launch;

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
          + "|-XX:StartFlightRecording.*|-XX:FlightRecorderOptions.*|-XX:\\+FlightRecorder|-XX:(HeapDumpPath|ErrorFile|LogFile)=.*"
          + "|-XX:\\+HeapDumpOnOutOfMemoryError");

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
        List<String> words = WORD.matcher(value).results().map(MatchResult::group).toList();
        if (words.stream().anyMatch(each -> NOT_SHARED.matcher(each).matches())) {
          environment.put(name, kept(words.stream()));
        }
      }
    }
  }

  private static String kept(Stream<String> words) {
    return words.filter(each -> !NOT_SHARED.matcher(each).matches()).collect(Collectors.joining(" "));
  }
}
