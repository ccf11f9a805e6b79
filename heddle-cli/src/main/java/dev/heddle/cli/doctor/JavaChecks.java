package dev.heddle.cli.doctor;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;

/** Checks of the Java that runs the command, of its start, and of the locale. */
final class JavaChecks {
  private static final String UTF_8 = "UTF-8";

  private JavaChecks() {}

  static List<Finding> all(MachineView machine) {
    return List.of(java(machine), modules(), start(ManagementFactory.getRuntimeMXBean().getInputArguments()),
        locale(machine));
  }

  private static Finding java(MachineView machine) {
    return Finding.ok("Java", machine.property("java.runtime.version") + " (" + machine.property("java.vendor") + ") in "
        + machine.property("java.home"));
  }

  private static Finding modules() {
    List<String> missing = Stream.of("jdk.attach", "jdk.jfr", "jdk.unsupported", "java.net.http", "jdk.httpserver")
        .filter(name -> ModuleLayer.boot().findModule(name).isEmpty()).toList();
    return missing.isEmpty()
        ? Finding.ok("modules", "all that Heddle can use are there")
        : Finding.note("modules", "without " + String.join(", ", missing),
            "This Java is a reduced one: jdk.attach and jdk.jfr are "
                + "needed to look at running programs, jdk.unsupported to handle signals, the others by the downloaders.");
  }

  static Finding start(List<String> arguments) {
    return arguments.stream().anyMatch(argument -> argument.startsWith("-XX:AOTCache="))
        ? Finding.ok("start", "with the ahead-of-time cache")
        : Finding.note("start", "without the ahead-of-time cache",
            "Commands start some 0.3 s later. The launcher makes the cache at its first start, unless HEDDLE_AOT=off is set "
                + "or the folder of the program cannot be written to.");
  }

  static Finding locale(MachineView machine) {
    String names = machine.property("sun.jnu.encoding");
    String given = Stream.of("HEDDLE_LC_ALL", "LC_ALL", "LC_CTYPE", "LANG").map(machine::variable)
        .filter(each -> !each.isEmpty())
        .findFirst().orElse("none");
    String value = given + ", file names in " + names;
    return names.equals(UTF_8)
        ? Finding.ok("locale", value)
        : Finding.note("locale", value,
            "Java cannot open files whose names have other characters than those of " + names + ". Set LC_ALL=C.UTF-8.");
  }
}
