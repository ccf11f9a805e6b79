package dev.heddle.process.launch;

import dev.heddle.process.Carried;
import java.io.IOException;
import java.lang.module.ModuleReference;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The options that give a worker the configuration of this program's JVM; see {@link Carried}. Stateless. */
final class CarriedOptions {
  private static final Pattern LOCALE = Pattern
      .compile("user\\.(timezone|(language|country|region|script|variant|extensions)(\\..*)?)");
  private static final Pattern ENCODING = Pattern.compile("file\\.encoding");

  /** Properties that describe this JVM, its paths, its user, its launcher, or open ports. */
  private static final Pattern OWN = Pattern.compile(
      "java\\.(home|class\\..*|version.*|vendor.*|vm\\..*|runtime\\..*|specification\\..*|system\\.class\\.loader|rmi\\..*)"
          + "|java\\.nio\\.channels\\.spi\\.SelectorProvider"
          + "|jdk\\.(module|debug|internal|attach)\\b.*|sun\\.(arch|boot|java|management|cpu|os|io|jnu|nio\\.PageAlign|stderr|stdout)\\b.*"
          + "|os\\..*|user\\.(name|home|dir)|(file|path|line)\\.separator|(native|stdin|stdout|stderr)\\.encoding"
          + "|com\\.sun\\.management.*|dev\\.heddle\\.process\\.depth|surefire\\..*|awt\\..*|env\\.class\\.path");

  private static final Pattern ASSERTIONS = Pattern.compile("-(ea|da|esa|dsa|enableassertions|disableassertions"
      + "|enablesystemassertions|disablesystemassertions)(:.*)?");
  private static final Pattern NATIVE = Pattern
      .compile("--(illegal-native-access|sun-misc-unsafe-memory-access|illegal-final-field-mutation)=.*");
  private static final Pattern STACK = Pattern.compile("-Xss.*|-XX:ThreadStackSize=.*");
  private static final Set<String> WITH_VALUE = Set.of(
      "-cp", "-classpath", "--class-path", "-p", "--module-path", "--upgrade-module-path", "--add-modules", "--add-exports",
      "--add-opens", "--add-reads", "--limit-modules", "--patch-module", "--enable-native-access", "--describe-module",
      "--source",
      "--illegal-native-access", "--sun-misc-unsafe-memory-access");
  private static final Set<String> MAIN = Set.of("-jar", "-m", "--module");

  private CarriedOptions() {}

  /** Returns the options for a set of settings. */
  static List<String> of(Set<Carried> carried) {
    List<String> options = new ArrayList<>();
    fromCommandLine(commandLine(), carried, options);
    fromProperties(System.getProperties(), carried, options);
    return options;
  }

  // ---- properties ----

  private static void fromProperties(Properties properties, Set<Carried> carried, List<String> options) {
    for (String name : new TreeSet<>(properties.stringPropertyNames())) {
      String value = properties.getProperty(name);
      if (value != null && isCarried(name, value, carried)) {
        options.add("-D" + name + "=" + value);
      }
    }
  }

  private static boolean isCarried(String name, String value, Set<Carried> carried) {
    if (LOCALE.matcher(name).matches()) {
      return carried.contains(Carried.LOCALE) && !value.isEmpty();
    }
    if (ENCODING.matcher(name).matches()) {
      return carried.contains(Carried.ENCODING) && !value.equals("COMPAT") && Charset.isSupported(value);
    }
    return carried.contains(Carried.PROPERTIES) && !name.isEmpty() && name.indexOf('=') < 0 && !OWN.matcher(name).matches();
  }

  // ---- the command line ----

  /** Returns the options and arguments of this JVM's launcher; nothing if another program has created this JVM. */
  private static List<String> commandLine() {
    ProcessHandle.Info info = ProcessHandle.current().info();
    String command = info.command().map(each -> String.valueOf(Path.of(each).getFileName())).orElse("");
    if (!command.equals("java") && !command.equals("java.exe") && !command.equals("javaw.exe")) {
      return List.of();
    }
    try { // whole, where the other source cuts it after a page
      String[] all = Files.readString(Path.of("/proc/self/cmdline"), Charset.forName(System.getProperty("sun.jnu.encoding")))
          .split("\0");
      return List.of(all).subList(1, all.length);
    } catch (IOException | RuntimeException e) { // no such system
      return info.arguments().map(List::of).orElse(List.of());
    }
  }

  static void fromCommandLine(List<String> arguments, Set<Carried> carried, List<String> options) {
    for (int i = 0; i < arguments.size(); i++) {
      String option = arguments.get(i);
      if (option.startsWith("@")) { // an argument file of the launcher's
        fromCommandLine(ArgumentFile.read(option.substring(1)), carried, options);
      } else if (option.equals("-jar") && i + 1 < arguments.size()) {
        fromManifest(arguments.get(i + 1), carried, options);
        return;
      } else if (!option.startsWith("-") || MAIN.contains(option)) {
        return;
      } else if (WITH_VALUE.contains(option) && i + 1 < arguments.size()) {
        add(option + "=" + arguments.get(++i), carried, options);
      } else {
        add(option, carried, options);
      }
    }
  }

  /** Adds the options that the JVM takes from the manifest of the jar that it was told to run. */
  private static void fromManifest(String jar, Set<Carried> carried, List<String> options) {
    Attributes attributes;
    try (JarFile opened = new JarFile(jar)) {
      Manifest manifest = opened.getManifest();
      attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
    } catch (IOException e) {
      return; // gone meanwhile
    }
    for (String name : List.of("Add-Exports", "Add-Opens")) {
      for (String each : Objects.requireNonNullElse(attributes.getValue(name), "").split("\\s+")) {
        if (!each.isEmpty()) {
          add("--" + name.toLowerCase(Locale.ROOT) + "=" + each + "=ALL-UNNAMED", carried, options);
        }
      }
    }
    if (attributes.getValue("Enable-Native-Access") != null) {
      add("--enable-native-access=ALL-UNNAMED", carried, options);
    }
  }

  private static void add(String option, Set<Carried> carried, List<String> options) {
    String name = option.substring(0, option.indexOf('=') < 0 ? option.length() : option.indexOf('='));
    String value = option.substring(Math.min(option.length(), name.length() + 1));
    switch (name) {
      case "--enable-preview" -> addIf(Carried.PREVIEW, option, carried, options);
      case "--add-modules" -> Stream.of(value.split(","))
          .filter(CarriedOptions::isOfTheJdk)
          .forEach(module -> addIf(Carried.MODULES, name + "=" + module, carried, options));
      case "--add-exports", "--add-opens" -> {
        if (CodePath.isModular()) {
          addIf(Carried.MODULES, option, carried, options);
        }
        if (value.indexOf('/') > 0 && value.indexOf('=') > 0 && isOfTheJdk(value.substring(0, value.indexOf('/')))) {
          String what = value.substring(0, value.indexOf('=')); // in a worker the program's classes are on the class path
          addIf(Carried.MODULES, name + "=" + what + "=ALL-UNNAMED", carried, options);
        }
      }
      case "--patch-module", "--add-reads", "--limit-modules", "--upgrade-module-path" -> {
        if (CodePath.isModular()) { // else these are about modules that a worker does not have
          options.add(option);
        }
      }
      case "--enable-native-access" -> {
        if (CodePath.isModular()) {
          addIf(Carried.NATIVE_ACCESS, option, carried, options);
        }
        addIf(Carried.NATIVE_ACCESS, name + "=ALL-UNNAMED", carried, options);
      }
      default -> {
        if (ASSERTIONS.matcher(option).matches()) {
          addIf(Carried.ASSERTIONS, option, carried, options);
        } else if (NATIVE.matcher(option).matches()) {
          addIf(Carried.NATIVE_ACCESS, option, carried, options);
        } else if (STACK.matcher(option).matches()) {
          addIf(Carried.STACK_SIZE, option, carried, options);
        }
      }
    }
  }

  private static void addIf(Carried what, String option, Set<Carried> carried, List<String> options) {
    if (carried.contains(what)) {
      options.add(option);
    }
  }

  private static boolean isOfTheJdk(String module) {
    Optional<ModuleReference> found = ModuleLayer.boot()
        .configuration()
        .findModule(module)
        .map(java.lang.module.ResolvedModule::reference);
    return found.flatMap(ModuleReference::location).map(where -> "jrt".equals(where.getScheme())).orElse(false);
  }
}
