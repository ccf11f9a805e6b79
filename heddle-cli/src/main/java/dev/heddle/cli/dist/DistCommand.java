package dev.heddle.cli.dist;

import dev.heddle.cli.errors.OptionCheck;
import dev.heddle.cli.options.HelpOption;
import dev.heddle.subprocess.Subprocess;
import dev.heddle.subprocess.SubprocessException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code heddle dist}: makes a folder and an archive that run without a JDK. */
@Command(name = "dist", description = "Makes a folder and an archive of Heddle that run without a JDK, on this kind of machine.", footer = {
    "",
    "The folder has the launcher, the libraries, and a Java of the modules that they need.",
    "Example: heddle dist --out dist && dist/heddle/heddle flags"
})
public final class DistCommand implements Callable<Integer> {
  /** All of Java SE, whatever libraries come to use, and what Heddle uses of the JDK: attaching, servers, signals, nested jars. */
  private static final String MODULES = "java.se,jdk.attach,jdk.crypto.ec,jdk.httpserver,jdk.jfr,jdk.management,jdk.unsupported,jdk.zipfs";

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(names = {"-o",
      "--out"}, paramLabel = "FOLDER", defaultValue = "dist", description = "Where to make them (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path out;

  @Mixin
  @SuppressWarnings({"NullAway.Init", "unused"}) // picocli sets and uses it
  private HelpOption help;

  @Override
  public Integer call() throws IOException {
    Path java = Path.of(System.getProperty("java.home"));
    Path launcher = Path.of(System.getProperty("heddle.launcher", ""));
    List<Path> jars = jars();
    if (!Files.isExecutable(java.resolve("bin/jlink"))) {
      throw OptionCheck.wrong(spec, "the Java in " + java + " has no jlink; set HEDDLE_JAVA_HOME to a full JDK");
    }
    if (jars.isEmpty() || !Files.isRegularFile(launcher)) {
      throw OptionCheck.wrong(spec,
          "only Heddle's launcher, './heddle', knows what belongs to a distribution; start it by that");
    }
    Path home = out.resolve("heddle");
    if (Files.exists(home)) {
      throw OptionCheck.wrong(spec, "--out must be a folder without '" + home.getFileName() + "', but " + home
          + " exists; delete it, or choose another folder");
    }
    Files.createDirectories(home.resolve("lib"));
    for (Path jar : jars) {
      Files.copy(jar, home.resolve("lib").resolve(jar.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
    }
    Files.copy(launcher, home.resolve("heddle"), StandardCopyOption.COPY_ATTRIBUTES);
    for (String file : List.of("LICENSE", "NOTICE")) {
      Files.copy(launcher.resolveSibling(file), home.resolve(file));
    }
    System.out.println("Making a Java for it ...");
    Path archive = out.resolve(archiveName());
    try {
      Subprocess.run(java.resolve("bin/jlink").toString(), "--add-modules", MODULES, "--no-header-files", "--no-man-pages",
          "--compress", "zip-6", "--generate-cds-archive", "--output", home.resolve("runtime").toString()).orThrow();
      Subprocess.run("tar", "-czf", archive.toString(), "-C", out.toString(), "heddle").orThrow();
    } catch (SubprocessException e) {
      System.err.println("heddle dist: " + e.getMessage());
      return 1;
    }
    System.out.println("Folder:  " + home + " (run " + home.resolve("heddle") + ")");
    System.out.println("Archive: " + archive + ", " + (Files.size(archive) >> 20) + " MiB");
    return 0;
  }

  /** The class path of this program, if it is made of jars. */
  private static List<Path> jars() {
    List<Path> jars = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of).toList();
    return jars.stream().allMatch(Files::isRegularFile) ? jars : List.of();
  }

  private static String archiveName() {
    String version = Objects.requireNonNullElse(DistCommand.class.getPackage().getImplementationVersion(), "unknown");
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return "heddle-" + version + "-" + system + "-" + System.getProperty("os.arch") + ".tar.gz";
  }
}
