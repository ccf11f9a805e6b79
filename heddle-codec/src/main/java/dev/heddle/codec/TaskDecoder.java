package dev.heddle.codec;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Turns bytes into tasks: a worker's side of the codec, one per worker.
 *
 * <p>Classes that the worker lacks are asked for from the parent when a task first needs them, so decoding and running a
 * task may block for an answer of the parent. It trusts the parent. Thread-safe, but the variables of a jshell session are
 * set before each task that reads them, so such tasks must run one at a time.
 */
public final class TaskDecoder {
  private final WorkerSpaces spaces;
  private final DefinedSites sites;
  private final ValueReader.Context context;
  private final Values values;
  private final CodecErrors errors;

  /**
   * A decoder.
   *
   * @param source gives the classes that the worker lacks
   * @param arrays shared memory for large arrays; null for none
   * @param errors creates the exceptions that are thrown
   */
  public TaskDecoder(ClassSource source, @Nullable SharedArrays arrays, CodecErrors errors) {
    this(source, arrays, errors, Objects.requireNonNull(TaskDecoder.class.getClassLoader(), "of the class path"));
  }

  /** A decoder whose worker has the classes of a given loader. */
  TaskDecoder(ClassSource source, @Nullable SharedArrays arrays, CodecErrors errors, ClassLoader own) {
    this.errors = Objects.requireNonNull(errors, "errors must not be null");
    this.spaces = new WorkerSpaces(Objects.requireNonNull(source, "source must not be null"), own);
    this.sites = new DefinedSites(spaces);
    this.context = new ValueReader.Context(spaces, sites, arrays, null, SharedArrays.PARENT);
    this.values = new Values(new ValueReader.Context(spaces, null, arrays, null, SharedArrays.PARENT), null, errors);
  }

  /** The class loader through which the parent's classes are found; for tasks' context class loader. */
  public ClassLoader loader() {
    return spaces.loader(ClassSpaces.HOME);
  }

  /** Results and other values, as a worker reads and writes them. */
  public Values values() {
    return values;
  }

  /** Failures, as a worker writes them. */
  public Failures failures() {
    return new Failures(values);
  }

  /**
   * Takes note of a {@link Site}; its classes are loaded only when a task needs them. Defining a site again does nothing.
   *
   * @throws RuntimeException a {@link CodecErrors#failure} if the definition is malformed
   */
  public void define(int siteId, byte[] definition) {
    try {
      sites.define(definition);
    } catch (MalformedException e) {
      throw errors.failure("the definition of site " + siteId + " is malformed: " + e.getMessage(), e);
    }
  }

  /**
   * The task; its sites must have been defined.
   *
   * @throws RuntimeException a {@link CodecErrors#failure} if it is malformed, or is no task
   * @throws Exception what the task's own deserialization throws, and {@link ClassNotFoundException}
   */
  public Callable<?> decode(int siteId, byte[] payload) throws Exception {
    try {
      ValueReader reader = new ValueReader(payload, context);
      return reader.isShell() ? ShellTask.decode(reader, spaces) : callable(reader.read(null));
    } catch (CodecException e) {
      throw errors.failure(String.valueOf(e.getMessage()), e.getCause());
    } catch (MalformedException e) {
      throw errors.failure("a task of site " + siteId + " is malformed: " + e.getMessage(), e);
    }
  }

  static Callable<?> callable(@Nullable Object task) {
    if (task instanceof Callable<?> callable) { // no switch, whose making takes 2 ms of a worker's first task
      return callable;
    }
    if (task instanceof Runnable runnable) {
      return Executors.callable(runnable);
    }
    throw new CodecException("the task is " + (task == null ? "null" : "no Callable: " + task.getClass().getName()), null);
  }
}
