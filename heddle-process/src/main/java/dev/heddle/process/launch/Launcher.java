package dev.heddle.process.launch;

import dev.heddle.base.ModuleLog;
import dev.heddle.base.files.PrivateFiles;
import dev.heddle.base.process.ProcessTree;
import dev.heddle.process.Carried;
import dev.heddle.process.WorkerJvm;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Modifier;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts worker processes. Thread-safe. */
public final class Launcher {
  private static final ModuleLog LOG = ModuleLog.of("dev.heddle.process");
  private static final String MAIN = "dev.heddle.process.worker.WorkerMain"; // named, so that neither package needs the other
  private static final String TRAINING_RUN = "dev.heddle.process.worker.TrainingRun";
  private static final String COPIES = "own"; // in the folder of caches
  private static final String ERROR_REPORT = "error-%p.log";
  private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use\\w*GC\\b");
  private static final boolean HAS_C2 = System.getProperty("java.vm.name", "").contains("Server VM");
  private static final boolean IS_25 = Runtime.version().feature() == 25; // another may not know its diagnostic options

  /**
   * Else each worker opens all jars of the class path, to see whether one of them offers another provider of sockets: 10 ms.
   * It is the one that this JVM has found in the same way.
   */
  private static final List<String> SOCKETS = sockets(SelectorProvider.provider().getClass());

  private final WorkerJvm jvm;
  private final WorkerHome home;
  private final String context;
  private final JavaCommand java;
  private final CodePath path;
  private final @Nullable OwnCopies copies;
  private final List<String> carried; // options that give workers this program's configuration
  private final List<String> inexpressible; // those that the launcher cannot be told in the system's encoding: properties
  private final List<String> expressible; // the others
  private final OptionSources sources;
  private final @Nullable AotCache cache;

  /**
   * Creates a launcher of workers.
   *
   * @param context the class space that is to be the context of tasks
   */
  public Launcher(WorkerJvm jvm, WorkerHome home, String context) {
    JavaCommand java = JavaCommand.find(jvm.java());
    Path folder = jvm.cache();
    OwnCopies copies = new OwnCopies(folder == null ? null : folder.resolve(COPIES), home.folder());
    this(jvm, home, context, java, CodePath.of(copies, java), copies);
  }

  /**
   * Creates a launcher of workers that have Heddle from elsewhere.
   *
   * @param own the jars or folders of Heddle's modules
   */
  Launcher(WorkerJvm jvm, WorkerHome home, List<String> own) {
    this(jvm, home, "", JavaCommand.find(jvm.java()),
        CodePath.ofClassPath(new OwnClasses(own.stream().map(Path::of).toList(), true)), null);
  }

  private Launcher(WorkerJvm jvm, WorkerHome home, String context, JavaCommand java, CodePath path,
      @Nullable OwnCopies copies) {
    this.jvm = jvm;
    this.home = home;
    this.context = context;
    this.java = java;
    this.path = path;
    this.copies = copies;
    this.carried = CarriedOptions.of(jvm.carried());
    this.inexpressible = carried.stream().filter(each -> isProperty(each) && !ArgumentFile.canExpress(each)).toList();
    this.expressible = carried.stream().filter(each -> !inexpressible.contains(each)).toList();
    this.sources = new OptionSources(jvm.options(), InheritedVariables.of(System.getenv(), jvm.environment()),
        CodePath.isModular());
    Path folder = jvm.cache();
    List<String> all = new ArrayList<>(carried);
    all.addAll(options());
    this.cache = folder == null || !java.own() || path.first().isEmpty()
        ? null
        : AotCache.of(folder, all, variables(), path.first());
  }

  /** Returns the AOT cache of the workers; null if they can have none. */
  @Nullable
  public AotCache cache() {
    return cache;
  }

  /**
   * Starts a worker's process.
   *
   * @param address where it is to connect to
   * @param tree whose mark it gets
   */
  public Process start(int number, String address, ProcessTree tree) throws IOException {
    if (copies != null) {
      copies.restore();
    }
    List<String> command = new ArrayList<>();
    if (cache != null) {
      command.addAll(cache.options());
    }
    command.addAll(options());
    List<String> main = new ArrayList<>(path.main(MAIN));
    main.addAll(List.of(address, home.folder().toString(), String.valueOf(number), context));
    if (!inexpressible.isEmpty()) {
      main.add(writeProperties(number).toString());
    }
    ProcessBuilder builder = java(home.file("w" + number + ".args"), expressible, path.options(), command, main);
    tree.mark(builder.environment());
    return builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(rawOutput(number).toFile()))
        .start();
  }

  /** Returns what starts a worker. */
  public WorkerProcess.Starter starter(int number) {
    return new WorkerProcess.Starter() {
      @Override
      public Process start(String address, ProcessTree tree) throws IOException {
        return Launcher.this.start(number, address, tree);
      }

      @Override
      public String defaults() {
        return jvm.carried().contains(Carried.LOCALE) ? CarriedDefaults.text(carried, jvm.options()) : "";
      }
    };
  }

  private static boolean isProperty(String option) {
    return option.startsWith("-D");
  }

  /** Writes the properties that the command line cannot express, for the worker itself to set. */
  private Path writeProperties(int number) throws IOException {
    Properties properties = new Properties();
    for (String each : inexpressible) {
      int end = each.indexOf('=');
      properties.setProperty(each.substring("-D".length(), end), each.substring(end + 1));
    }
    Path file = home.file("w" + number + ".properties");
    try (OutputStream out = Files.newOutputStream(file)) {
      properties.store(out, null);
    }
    return file;
  }

  /**
   * Starts the training run of a worker: a process that does what workers do and then writes an AOT cache.
   *
   * @param folder for what it needs meanwhile
   * @param file what it is to write
   * @param tree whose mark it gets
   */
  Process startTrainingRun(Path folder, Path file, ProcessTree tree) throws IOException {
    List<String> command = new ArrayList<>(options());
    command.add("-XX:AOTCacheOutput=" + file);
    if (IS_25) { // what it would tell the compilers delays the first task by 8 ms and speeds up no later one
      command.add("-XX:-AOTRecordTraining");
    }
    ProcessBuilder builder = java(folder.resolve("training.args"), carriedByAll(),
        List.of("-cp", String.join(File.pathSeparator, path.first())), command, List.of(TRAINING_RUN, folder.toString()));
    tree.mark(builder.environment());
    return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /**
   * Options of the program that workers and training runs have: a JVM takes an AOT cache only if it has those of the one
   * that wrote it.
   */
  List<String> carriedByAll() {
    return withoutProperties(carried);
  }

  /**
   * The program's properties mean nothing to a training run, and the JVM hands its options to another one that writes the
   * cache.
   */
  private static List<String> withoutProperties(List<String> options) {
    return options.stream().filter(each -> !isProperty(each)).toList();
  }

  private ProcessBuilder java(Path file, List<String> before, List<String> path, List<String> command, List<String> main)
      throws IOException {
    List<String> first = new ArrayList<>(before); // first, so that the others win
    first.addAll(path);
    ArgumentFile.write(file, first);
    List<String> all = new ArrayList<>();
    all.add(java.file().toString());
    all.add("@" + file);
    all.addAll(command);
    all.addAll(main);
    ProcessBuilder builder = new ProcessBuilder(all);
    InheritedVariables.clean(builder.environment(), jvm.environment().keySet());
    builder.environment().putAll(jvm.environment());
    Path directory = jvm.directory();
    if (directory != null) {
      builder.directory(directory.toFile());
    }
    return builder;
  }

  /** Returns the file with what the process writes to standard output and error past Java's streams. */
  public Path rawOutput(int number) {
    return home.file("w" + number + ".out");
  }

  /**
   * Hands over the report of a fatal error that the JVM of a worker has written: it is moved out of the pool's folder, which
   * it is to outlive, and only this user may read it, for it shows the program's memory and environment.
   *
   * @return where it is; null if there was none, or it could not be handed over
   */
  public @Nullable Path errorReport(long pid) {
    Path written = home.file(ERROR_REPORT.replace("%p", String.valueOf(pid)));
    if (!Files.exists(written, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    // a name that no other user can guess and take beforehand
    Path handedOver = home.folder().resolveSibling("heddle-worker-error-" + pid + "-" + WorkerHome.token() + ".log");
    try {
      PrivateFiles.restrict(written);
      return Files.move(written, handedOver);
    } catch (IOException e) {
      LOG.ignored("handing over the report " + written + " of a worker's JVM", e);
      return null;
    }
  }

  /** Of the workers' JVMs. */
  List<String> options() {
    List<String> command = new ArrayList<>();
    if (!choosesCollector()) { // the JVM refuses two
      command.add("-XX:+UseSerialGC"); // one task at a time needs no other threads for it
    }
    if (HAS_C2) { // else a long counted loop puts off the end of a worker whose parent is gone: with G1 these are the defaults
      command.add("-XX:+UseCountedLoopSafepoints");
      command.add("-XX:LoopStripMiningIter=1000");
    }
    command.addAll(SOCKETS);
    command.add(Nesting.option());
    if (IS_25) {
      command.add("-XX:+UnlockDiagnosticVMOptions");
      command.add("-XX:ArchiveRelocationMode=0"); // else each start moves the classes of the archive elsewhere: 5 ms
    }
    command.add("-XX:-UsePerfData");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-XX:-CreateCoredumpOnCrash");
    command.add("-XX:ErrorFile=" + home.file(ERROR_REPORT));
    limit(command, "-Xmx", jvm.heap());
    limit(command, "-XX:MaxDirectMemorySize=", jvm.direct());
    limit(command, "-XX:MaxMetaspaceSize=", jvm.metaspace());
    command.addAll(jvm.options());
    return command;
  }

  private static List<String> sockets(Class<?> provider) {
    boolean known = provider.getClassLoader() == null // of the JDK, and so in every worker
        && Modifier.isPublic(provider.getModifiers())
        && Stream.of(provider.getConstructors()).anyMatch(each -> each.getParameterCount() == 0);
    return known ? List.of("-Djava.nio.channels.spi.SelectorProvider=" + provider.getName()) : List.of();
  }

  /** Whether a garbage collector is chosen by the worker's options or by the variables that every JVM heeds. */
  private boolean choosesCollector() {
    return jvm.options().stream().anyMatch(Launcher::choosesCollector)
        || variables().stream().anyMatch(Launcher::choosesCollector);
  }

  /** The values of the variables that every JVM heeds. */
  private List<String> variables() {
    return InheritedVariables.NAMES.stream().map(name -> sources.variables().getOrDefault(name, "")).toList();
  }

  /** Returns where the options of workers' JVMs come from. */
  public OptionSources sources() {
    return sources;
  }

  private static boolean choosesCollector(String options) {
    return COLLECTOR.matcher(options).find();
  }

  private static void limit(List<String> command, String option, long bytes) {
    if (bytes > 0) {
      command.add(option + bytes);
    }
  }
}
