package dev.heddle.codec;

import dev.heddle.codec.diagnosis.EncodingErrors;
import dev.heddle.codec.failure.FailureCodec;
import dev.heddle.codec.filter.AllowList;
import dev.heddle.codec.loader.ClassChangedException;
import dev.heddle.codec.loader.ClassDigest;
import dev.heddle.codec.loader.FileAge;
import dev.heddle.codec.loader.ParentSpaces;
import dev.heddle.codec.loader.ShellClassException;
import dev.heddle.codec.loader.Supply;
import dev.heddle.codec.message.CodecException;
import dev.heddle.codec.shared.MappedArrays;
import dev.heddle.codec.shell.ShellCode;
import dev.heddle.codec.shell.ShellTask;
import dev.heddle.codec.task.ClassEncoders;
import dev.heddle.codec.value.ValueCodec;
import dev.heddle.codec.value.ValueReader;
import dev.heddle.codec.value.ValueWriter;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Encodes tasks: the parent's side of the codec, one per pool.
 *
 * <p>A lambda, method reference or record is sent as the number of its {@link SiteDefinition} and its captured values or
 * components; anything else by JDK serialization. A task written in jshell is sent with the values of the session's
 * variables that it reads. Thread-safe; nothing blocks, but user code in {@code writeObject} and the like runs.
 */
public final class TaskEncoder {
  private final ParentSpaces spaces = new ParentSpaces();
  private final Supply supply = new Supply(spaces);
  private final ShellCode shellCode = new ShellCode();
  private final AllowList allowed;
  private final ClassEncoders sites;
  private final @Nullable MappedArrays arrays;
  private final ValueCodec values;
  private final CodecErrors errors;

  /**
   * Creates an encoder with the default limits and without shared memory.
   *
   * @param errors creates the exceptions that are thrown
   */
  public TaskEncoder(CodecErrors errors) {
    this(DecodeLimits.DEFAULT, null, errors);
  }

  /**
   * Creates an encoder.
   *
   * @param limits the limits of results
   * @param arrays shared memory for large arrays; null for none
   * @param errors creates the exceptions that are thrown
   */
  public TaskEncoder(DecodeLimits limits, @Nullable SharedArrays arrays, CodecErrors errors) {
    this.errors = Objects.requireNonNull(errors, "errors must not be null");
    this.allowed = new AllowList(Objects.requireNonNull(limits, "limits must not be null").allowed());
    this.sites = new ClassEncoders(spaces, allowed);
    this.arrays = (MappedArrays) arrays;
    this.values = new ValueCodec(new ValueReader.Context(spaces, null, this.arrays, limits, MappedArrays.ANY), allowed,
        errors);
  }

  /** Does what tasks of a program need beside those of this library, whose classes are not compared with the workers'. */
  public static void warmUp() throws IOException {
    ClassDigest.warmUp();
    FileAge.check(TaskEncoder.class);
  }

  /** Returns the supply of classes and resources for workers. */
  public ClassSupply classes() {
    return supply;
  }

  /** Returns the name of a class loader, by which a worker's {@link TaskDecoder#loader} finds its stand-in. */
  public String nameOf(@Nullable ClassLoader loader) {
    return spaces.nameOf(loader);
  }

  /** Returns the codec of results and other values, as the parent reads and writes them. */
  public Values values() {
    return values;
  }

  /** Returns the codec of exceptions, as the parent reads them. */
  public Failures failures() {
    return new FailureCodec(values);
  }

  /**
   * Encodes a task. Later changes to its captured values do not change the result.
   *
   * @throws RuntimeException a {@link CodecErrors#taskNotSerializable} if something in the task is not serializable, its
   *     own serialization throws, or it assigns a jshell variable
   */
  public EncodedTask encode(Object task) {
    Objects.requireNonNull(task, "task must not be null");
    try {
      return spaces.spaceOf(task.getClass()) == null
          ? ShellTask.encode(task, spaces, shellCode, allowed, arrays)
          : encodePlain(task);
    } catch (ClassChangedException e) {
      throw errors.classChanged(String.valueOf(e.getMessage()));
    } catch (CodecException e) {
      throw errors.taskNotSerializable(String.valueOf(e.getMessage()), e.getCause());
    } catch (Throwable e) { // user code runs in serialization, so this can be any exception
      throw errors.taskNotSerializable(EncodingErrors.ofTask(task, e), e);
    }
  }

  private EncodedTask encodePlain(Object task) throws IOException {
    try {
      ValueWriter writer = new ValueWriter(spaces, sites, arrays);
      byte[] payload = writer.write(task);
      SiteDefinition site = sites.of(writer.firstUsed(), writer.used());
      if (site == null) { // too many combinations of classes: do not define more of them
        writer.releaseShared();
        writer = new ValueWriter(spaces, null, arrays);
        payload = writer.write(task);
        site = ClassEncoders.SERIALIZED;
      }
      return new EncodedTask(site, payload, writer.classes(), writer.release());
    } catch (ShellClassException e) {
      return ShellTask.encode(task, spaces, shellCode, allowed, arrays);
    }
  }
}
