package dev.heddle.codec;

import dev.heddle.codec.failure.FailureCodec;
import dev.heddle.codec.loader.ClassChangedException;
import dev.heddle.codec.loader.ClassDigest;
import dev.heddle.codec.loader.WorkerSpaces;
import dev.heddle.codec.message.CodecException;
import dev.heddle.codec.message.MalformedException;
import dev.heddle.codec.message.ValueTag;
import dev.heddle.codec.shared.MappedArrays;
import dev.heddle.codec.shell.ShellTask;
import dev.heddle.codec.task.Callables;
import dev.heddle.codec.task.ClassDecoders;
import dev.heddle.codec.value.ValueCodec;
import dev.heddle.codec.value.ValueReader;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Decodes tasks: a worker's side of the codec, one per worker.
 *
 * <p>Classes that the worker lacks are requested from the parent when a task first needs them, so decoding and running a
 * task may block until the parent answers. It trusts the parent. Thread-safe, but the variables of a jshell session are
 * set before each task that reads them, so such tasks must run one at a time.
 */
public final class TaskDecoder {
  private final WorkerSpaces spaces;
  private final ClassDecoders sites;
  private final ValueReader.Context context;
  private final ValueCodec values;
  private final CodecErrors errors;

  /**
   * Creates a decoder.
   *
   * @param source supplies the classes that the worker lacks
   * @param arrays shared memory for large arrays; null for none
   * @param errors creates the exceptions that are thrown
   */
  public TaskDecoder(ClassSource source, @Nullable SharedArrays arrays, CodecErrors errors) {
    this(source, arrays, errors, Objects.requireNonNull(TaskDecoder.class.getClassLoader(), "of the class path"));
  }

  /** Creates a decoder whose worker has the classes of a given loader. */
  TaskDecoder(ClassSource source, @Nullable SharedArrays arrays, CodecErrors errors, ClassLoader own) {
    this.errors = Objects.requireNonNull(errors, "errors must not be null");
    this.spaces = new WorkerSpaces(Objects.requireNonNull(source, "source must not be null"), own);
    this.sites = new ClassDecoders(spaces);
    MappedArrays memory = (MappedArrays) arrays;
    this.context = new ValueReader.Context(spaces, sites, memory, null, MappedArrays.PARENT);
    this.values = new ValueCodec(new ValueReader.Context(spaces, null, memory, null, MappedArrays.PARENT), null, errors);
  }

  /**
   * Does what tasks of a program need beside those of this library, whose classes are not compared with the parent's:
   * computes the digest of a class file.
   */
  public static void warmUp() throws IOException {
    ClassDigest.warmUp();
  }

  /**
   * Returns the stand-in for a class loader of the parent; for tasks' context class loader.
   *
   * @param name its name, which is that of {@link TaskEncoder#nameOf}
   */
  public ClassLoader loader(String name) {
    return spaces.loader(name);
  }

  /** Returns the codec of results and other values, as a worker reads and writes them. */
  public Values values() {
    return values;
  }

  /** Returns the codec of exceptions, as a worker writes them. */
  public Failures failures() {
    return new FailureCodec(values);
  }

  /**
   * Stores a {@link SiteDefinition}; its classes are loaded only when a task needs them. Defining a site again has no
   * effect.
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

  /** Returns whether a task must not run beside others of its kind: it sets the variables of a jshell session. */
  public boolean runsAlone(byte[] payload) {
    return payload.length > 0 && (payload[0] & ValueTag.IS_SHELL) != 0;
  }

  /**
   * Decodes a task, whose site must have been defined.
   *
   * @throws RuntimeException a {@link CodecErrors#failure} if it is malformed, or not a task
   * @throws Exception what the task's own deserialization throws, and {@link ClassNotFoundException}
   */
  public Callable<?> decode(int siteId, byte[] payload) throws Exception {
    try {
      ValueReader reader = new ValueReader(payload, context);
      return reader.isShell() ? ShellTask.decode(reader, spaces) : Callables.of(reader.read(null));
    } catch (ClassChangedException e) {
      throw errors.classChanged(String.valueOf(e.getMessage()));
    } catch (CodecException e) {
      throw errors.failure(String.valueOf(e.getMessage()), e.getCause());
    } catch (MalformedException e) {
      throw errors.failure("a task of site " + siteId + " is malformed: " + e.getMessage(), e);
    }
  }
}
