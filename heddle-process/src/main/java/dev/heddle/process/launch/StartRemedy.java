package dev.heddle.process.launch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the remedy when workers end before they are ready, by the messages of the workers and of the system. Stateless. */
final class StartRemedy {
  private static final Pattern OPTION = Pattern
      .compile("(?:Unrecognized|Invalid|Improperly specified|Unsupported|Missing)\\b[^\\n]*?option:?"
          + "\\s*['\"]?([^\\s'\"]+)");
  private static final Pattern MODULE = Pattern.compile("Module (\\S+) not found");
  private static final Pattern MAIN = Pattern.compile("Could not find or load main class (\\S+)");
  private static final Pattern OWN_MISSING = Pattern.compile(
      "main class \\S+WorkerMain|(NoClassDefFoundError|ClassNotFoundException): dev[./]heddle[./]");
  private static final String NO_JVM = "Could not create the Java Virtual Machine"; // what it says of options that it refuses

  private StartRemedy() {}

  /**
   * Returns the remedy, in the imperative.
   *
   * @param reason why the worker ended, as this side sees it
   * @param tail what it wrote last
   * @param sources where its options came from
   */
  static String of(String reason, String tail, OptionSources sources) {
    Matcher module = MODULE.matcher(tail);
    if (module.find()) {
      return module(module.group(1), sources);
    }
    if (tail.contains("Could not reserve enough space") || tail.contains("insufficient memory")
        || tail.contains("Cannot allocate memory")) {
      return "give workers less memory by withJvm(jvm -> jvm.withHeap(…)), or have fewer of them,";
    }
    if (tail.contains("UnsupportedClassVersionError")) {
      return "name a JDK " + Runtime.version().feature() + " by withJvm(jvm -> jvm.withJava(…))";
    }
    Matcher main = MAIN.matcher(tail);
    if (main.find() && !main.group(1).endsWith("WorkerMain")) { // the java command takes an option without its hyphen for a class
      return mend(main.group(1), sources) + ", which the JVM took for a class,";
    }
    if (OWN_MISSING.matcher(tail).find()) {
      return "let the jars that Heddle was loaded from stay where they are, readable for this user,";
    }
    if (tail.contains(NO_JVM)) {
      Matcher option = OPTION.matcher(tail);
      return option.find() ? mend(option.group(1), sources) : "mend the options of the workers' JVM";
    }
    return reason.contains("Cannot run program") ? command(reason) : "remove what ends them";
  }

  private static String mend(String option, OptionSources sources) {
    String source = sources.of(option);
    return "mend the option '" + option + "' " + (source == null ? "of the workers' JVM" : "in " + source);
  }

  private static String module(String module, OptionSources sources) {
    if (sources.of(module) != null) {
      return mend(module, sources);
    }
    return "give workers a runtime image with module " + module + " by withJvm(jvm -> jvm.withJava(…))"
        + (sources.modular() ? "" : ", or switch Carried.MODULES off if tasks do not need it,");
  }

  private static String command(String reason) {
    if (reason.matches("(?s).*error\\W{1,2}2\\b.*")) {
      return reason.contains("(in directory")
          ? "create the folder that withJvm(jvm -> jvm.withDirectory(…)) names, or the java command if that is missing,"
          : "name a java command that is there by withJvm(jvm -> jvm.withJava(…))";
    }
    if (reason.matches("(?s).*error\\W{1,2}13\\b.*")) {
      return "let this user run the java command and enter the working directory";
    }
    return "let the system have processes, memory and file descriptors to spare (ulimit -a shows the limits)";
  }
}
