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

/**
 * The options that give a worker the configuration of this program's JVM; see {@link Carried}. For one use, by one thread.
 */
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

  private final Set<Carried> carried;
  private final boolean modular;
  private final List<String> found = new ArrayList<>();

  private CarriedOptions(Set<Carried> carried, boolean modular) {
    this.carried = carried;
    this.modular = modular;
  }

  /** Returns the options for a set of settings. */
  static List<String> of(Set<Carried> carried) {
    return of(commandLine(), System.getProperties(), CodePath.isModular(), carried);
  }

  /**
   * Returns the options for a set of settings.
   *
   * @param arguments those of the launcher
   * @param modular whether the program has modules other than the JDK's, and workers the same
   */
  static List<String> of(List<String> arguments, Properties properties, boolean modular, Set<Carried> carried) {
    CarriedOptions options = new CarriedOptions(carried, modular);
    options.fromCommandLine(arguments);
    options.fromProperties(properties);
    return options.found;
  }

  /** Returns whether an option sets a property of the locale or the time zone. */
  static boolean isOfLocale(String option) {
    return option.startsWith("-D") && LOCALE.matcher(option.substring(2).split("=", 2)[0]).matches();
  }

  // ---- properties ----

  private void fromProperties(Properties properties) {
    for (String name : new TreeSet<>(properties.stringPropertyNames())) {
      String value = properties.getProperty(name);
      if (value != null && isCarried(name, value)) {
        found.add("-D" + name + "=" + value);
      }
    }
  }

  private boolean isCarried(String name, String value) {
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

  private void fromCommandLine(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String option = arguments.get(i);
      if (option.startsWith("@")) { // an argument file of the launcher's
        fromCommandLine(ArgumentFile.read(option.substring(1)));
      } else if (option.equals("-jar") && i + 1 < arguments.size()) {
        fromManifest(arguments.get(i + 1));
        return;
      } else if (!option.startsWith("-") || MAIN.contains(option)) {
        return;
      } else if (WITH_VALUE.contains(option) && i + 1 < arguments.size()) {
        add(option + "=" + arguments.get(++i));
      } else {
        add(option);
      }
    }
  }

  /** Adds the options that the JVM takes from the manifest of the jar that it was told to run. */
  private void fromManifest(String jar) {
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
          add("--" + name.toLowerCase(Locale.ROOT) + "=" + each + "=ALL-UNNAMED");
        }
      }
    }
    if (attributes.getValue("Enable-Native-Access") != null) {
      add("--enable-native-access=ALL-UNNAMED");
    }
  }

  private void add(String option) {
    String name = option.substring(0, option.indexOf('=') < 0 ? option.length() : option.indexOf('='));
    String value = option.substring(Math.min(option.length(), name.length() + 1));
    switch (name) {
      case "--enable-preview" -> addIf(Carried.PREVIEW, option);
      case "--add-modules" -> Stream.of(value.split(","))
          .filter(CarriedOptions::isOfTheJdk)
          .forEach(module -> addIf(Carried.MODULES, name + "=" + module));
      case "--add-exports", "--add-opens" -> {
        if (modular) {
          addIf(Carried.MODULES, option);
        }
        if (value.indexOf('/') > 0 && value.indexOf('=') > 0 && isOfTheJdk(value.substring(0, value.indexOf('/')))) {
          String what = value.substring(0, value.indexOf('=')); // in a worker the program's classes are on the class path
          addIf(Carried.MODULES, name + "=" + what + "=ALL-UNNAMED");
        }
      }
      case "--patch-module", "--add-reads", "--limit-modules", "--upgrade-module-path" -> {
        if (modular) { // else these are about modules that a worker does not have
          addIf(Carried.MODULES, option);
        }
      }
      case "--enable-native-access" -> {
        if (modular) {
          addIf(Carried.NATIVE_ACCESS, option);
        }
        addIf(Carried.NATIVE_ACCESS, name + "=ALL-UNNAMED");
      }
      default -> {
        if (ASSERTIONS.matcher(option).matches()) {
          addIf(Carried.ASSERTIONS, option);
        } else if (NATIVE.matcher(option).matches()) {
          addIf(Carried.NATIVE_ACCESS, option);
        } else if (STACK.matcher(option).matches()) {
          addIf(Carried.STACK_SIZE, option);
        }
      }
    }
  }

  private void addIf(Carried what, String option) {
    if (carried.contains(what)) {
      found.add(option);
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
