package dev.heddle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Futures;
import dev.heddle.futures.Limit;
import dev.heddle.futures.MapOptions;
import dev.heddle.futures.PeriodicTask;
import dev.heddle.futures.PoolOptions;
import dev.heddle.futures.TaskOptions;
import dev.heddle.futures.ThreadPool;
import dev.heddle.futures.WaitResult;
import dev.heddle.iter.Group;
import dev.heddle.iter.IntIter;
import dev.heddle.iter.Iter;
import dev.heddle.iter.Itertools;
import dev.heddle.iter.Pair;
import dev.heddle.process.ProcessExecutor;
import dev.heddle.process.ProcessOptions;
import dev.heddle.process.ProcessPool;
import dev.heddle.process.WorkerCrashedException;
import dev.heddle.process.WorkerJvm;
import dev.heddle.queue.ClosableQueue;
import dev.heddle.subprocess.Command;
import dev.heddle.subprocess.CompletedProcess;
import dev.heddle.subprocess.Output;
import dev.heddle.subprocess.RunningProcess;
import dev.heddle.subprocess.StartException;
import dev.heddle.subprocess.Subprocess;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page docs/from-python.md has every public name of the modules it is about; its Python programs print what its Java programs do. */
@Timeout(120)
final class FromPythonTest {
  private static final Pattern TWINS = Pattern
      .compile("```python\\n(.*?)```\\n+```java\\n.*?```\\n+```text\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern CALL = Pattern.compile("\\b([A-Z]\\w+)\\.(?:<\\w+>)?([a-z]\\w*)");

  /** The public names of modules of CPython 3.11 and 3.14, and the methods of the classes that programs use most. */
  private static final Map<String, String> NAMES = Map.of(
      "itertools",
      """
          accumulate batched chain from_iterable combinations combinations_with_replacement compress count cycle dropwhile filterfalse
          groupby islice pairwise permutations product repeat starmap takewhile tee zip_longest
          """,
      "concurrent.futures",
      """
          FIRST_COMPLETED FIRST_EXCEPTION ALL_COMPLETED CancelledError TimeoutError InvalidStateError BrokenExecutor BrokenThreadPool
          BrokenProcessPool Future Executor wait as_completed ProcessPoolExecutor ThreadPoolExecutor InterpreterPoolExecutor submit map
          shutdown kill_workers terminate_workers result exception cancel cancelled running done add_done_callback set_result
          set_exception set_running_or_notify_cancel
          """,
      "queue",
      """
          Queue LifoQueue PriorityQueue SimpleQueue Empty Full ShutDown put put_nowait get get_nowait task_done join qsize empty full
          maxsize shutdown is_shutdown
          """,
      "subprocess",
      """
          Popen PIPE STDOUT DEVNULL call check_call check_output getoutput getstatusoutput run CalledProcessError SubprocessError
          TimeoutExpired CompletedProcess communicate wait poll pid terminate kill send_signal returncode stdin stdout stderr args
          check_returncode
          """,
      "threading",
      """
          Thread Lock RLock Condition Event Semaphore BoundedSemaphore Barrier BrokenBarrierError Timer ThreadError TIMEOUT_MAX
          ExceptHookArgs active_count current_thread enumerate excepthook get_ident get_native_id getprofile gettrace local main_thread
          setprofile setprofile_all_threads settrace settrace_all_threads stack_size start join is_alive name ident native_id daemon
          wait_for notify notify_all cancel
          """,
      "multiprocessing",
      """
          Array AuthenticationError Barrier BoundedSemaphore BufferTooShort Condition Event JoinableQueue Lock Manager Pipe Pool Process
          ProcessError Queue RLock RawArray RawValue Semaphore SimpleQueue TimeoutError Value active_children allow_connection_pickling
          cpu_count current_process freeze_support get_all_start_methods get_context get_logger get_start_method log_to_stderr
          parent_process reducer set_executable set_forkserver_preload set_start_method managers shared_memory sharedctypes connection
          apply apply_async map_async imap imap_unordered starmap starmap_async close join terminate AsyncResult get wait ready
          successful start is_alive kill exitcode
          """);

  /** Types whose methods the page names by {@code Type.method}. */
  private static final List<Class<?>> TYPES = List.of(Executor.class, Future.class, Futures.class, Limit.class,
      MapOptions.class,
      PeriodicTask.class, PoolOptions.class, TaskOptions.class, ThreadPool.class, WaitResult.class, Group.class, Iter.class,
      IntIter.class, Itertools.class, Pair.class, ProcessExecutor.class, ProcessOptions.class, ProcessPool.class,
      WorkerCrashedException.class, WorkerJvm.class, ClosableQueue.class, Command.class, CompletedProcess.class,
      Output.class,
      RunningProcess.class, Subprocess.class);

  /** Sections whose second column is Heddle's alone, and what it names besides, of the JDK or a function of the reader's. */
  private static final Map<String, Set<String>> HEDDLE_ALONE = Map.of(
      "itertools", Set.of("toSet", "sorted", "reversed"),
      "concurrent.futures", Set.of("keySet", "f"),
      "queue", Set.of(), "multiprocessing", Set.of("f", "current", "parent", "getRuntime", "availableProcessors"));

  @TempDir
  private Path temp;

  @TestFactory
  Stream<DynamicTest> publicNamesOfPython_areThere() {
    return NAMES.keySet().stream().sorted().map(module -> DynamicTest.dynamicTest(module, () -> {
      Set<String> words = CODE.matcher(section(module)).results()
          .flatMap(code -> Arrays.stream(code.group().split("\\W+"))).collect(Collectors.toSet());
      assertThat(Objects.requireNonNull(NAMES.get(module)).strip().split("\\s+")).filteredOn(name -> !words.contains(name))
          .as("missing").isEmpty();
    }));
  }

  @Test
  void methodsOfHeddle_thatAreNamedWithTheirTypes_exist() throws IOException {
    Map<String, Class<?>> types = TYPES.stream().collect(Collectors.toMap(Class::getSimpleName, Function.identity()));
    List<String> calls = CODE.matcher(page("from-python.md").replaceAll("(?s)```.*?```", "")).results()
        .flatMap(code -> CALL.matcher(code.group(1)).results())
        .filter(call -> types.containsKey(call.group(1)))
        .map(call -> call.group(1) + "." + call.group(2)).distinct().toList();
    assertThat(calls).hasSizeGreaterThan(20)
        .filteredOn(call -> !methods(Objects.requireNonNull(types.get(call.split("\\.")[0]))).contains(call.split("\\.")[1]))
        .as("not there")
        .isEmpty();
  }

  @Test
  void methodsOfHeddle_inTheSecondColumn_exist() throws IOException {
    Set<String> known = TYPES.stream().flatMap(type -> methods(type).stream()).collect(Collectors.toSet());
    for (String module : HEDDLE_ALONE.keySet()) {
      List<String> named = section(module).lines().filter(line -> line.startsWith("| `"))
          .map(line -> line.split(" \\| ", -1)[1])
          .flatMap(cell -> CODE.matcher(cell).results())
          .flatMap(code -> Pattern.compile("(?<![\\w.])([a-z]\\w+)(?=\\(|$)|\\.([a-z]\\w+)(?=\\()").matcher(code.group(1))
              .results())
          .map(name -> name.group(1) == null ? name.group(2) : name.group(1))
          .filter(name -> !HEDDLE_ALONE.get(module).contains(name)).distinct().toList();
      assertThat(named).hasSizeGreaterThan(10).filteredOn(name -> !known.contains(name)).as("not there: " + module)
          .isEmpty();
    }
  }

  @TestFactory
  Stream<DynamicTest> programsOfPython_printWhatTheirTwinsPrint() throws IOException {
    String page = page("from-python.md");
    var programs = TWINS.matcher(page).results().toList();
    assertThat(programs).hasSize(5);
    return programs.stream()
        .map(
            program -> DynamicTest.dynamicTest(
                "line " + page.substring(0, program.start()).lines().count(),
                () -> assertThat(python(program.group(1))).isEqualTo(program.group(2))));
  }

  private String python(String program) throws IOException {
    assumeTrue(hasPython(), "a python3 of 3.11 or later");
    Path source = Files.writeString(temp.resolve("twin.py"), program);
    return Subprocess.command("python3", source.toString()).withTimeout(Duration.ofSeconds(60)).withCheck().run().stdout();
  }

  private static boolean hasPython() {
    try {
      return Subprocess.command("python3", "-c", "import sys; sys.exit(sys.version_info < (3, 11))")
          .withTimeout(Duration.ofSeconds(60)).run().isSuccess();
    } catch (StartException missing) {
      return false;
    }
  }

  /** The part of the page about a module; that of subprocess is on its own page. */
  private static String section(String module) throws IOException {
    boolean own = module.equals("subprocess");
    String page = page(own ? "subprocess.md" : "from-python.md");
    String heading = own ? "\n## Coming from Python\n" : "\n## " + module + "\n";
    assertThat(page).contains(heading);
    return page.split(heading, 2)[1].split("\n## ", 2)[0];
  }

  private static String page(String name) throws IOException {
    return Files.readString(Path.of("../docs").resolve(name));
  }

  private static Set<String> methods(Class<?> type) {
    return Arrays.stream(type.getMethods()).map(Method::getName).collect(Collectors.toSet());
  }
}
