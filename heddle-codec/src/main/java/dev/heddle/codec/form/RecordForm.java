package dev.heddle.codec.form;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The serialized form of a record that is not {@code Serializable}: its class and its components. The canonical constructor
 * makes the record again.
 */
public final class RecordForm implements Serializable {
  private static final long serialVersionUID = 1;

  private transient @Nullable Object value;
  private transient boolean open;

  RecordForm(Object value) {
    this.value = value;
  }

  /** Returns whether the form is being written: its record is part of a cycle. */
  boolean isOpen() {
    return open;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    Object record = java.util.Objects.requireNonNull(value);
    RecordShape shape = RecordShape.of(record.getClass());
    open = true;
    try {
      out.writeObject(record.getClass());
      for (int i = 0; i < shape.size(); i++) {
        write(out, shape.type(i), shape.get(record, i));
      }
    } finally {
      open = false;
    }
  }

  private static void write(ObjectOutputStream out, Class<?> type, @Nullable Object component) throws IOException {
    if (!type.isPrimitive()) {
      out.writeObject(component);
      return;
    }
    switch (component) {
      case Integer number -> out.writeInt(number);
      case Long number -> out.writeLong(number);
      case Double number -> out.writeDouble(number);
      case Boolean flag -> out.writeBoolean(flag);
      case Float number -> out.writeFloat(number);
      case Character letter -> out.writeChar(letter);
      case Short number -> out.writeShort(number);
      case Byte number -> out.writeByte(number);
      case null, default -> throw new IllegalStateException(type.getName());
    }
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    if (!(in.readObject() instanceof Class<?> type) || !type.isRecord()) {
      throw new InvalidObjectException("a record of a class that is not a record");
    }
    RecordShape shape = RecordShape.of(type);
    @Nullable
    Object[] components = new @Nullable Object[shape.size()];
    for (int i = 0; i < components.length; i++) {
      components[i] = read(in, shape.type(i));
    }
    try {
      value = shape.create(components);
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw new InvalidObjectException("the constructor of " + type.getName() + " threw " + e, e);
    }
  }

  private static @Nullable Object read(ObjectInputStream in, Class<?> type) throws IOException, ClassNotFoundException {
    return switch (type.descriptorString().charAt(0)) {
      case 'I' -> in.readInt();
      case 'J' -> in.readLong();
      case 'D' -> in.readDouble();
      case 'Z' -> in.readBoolean();
      case 'F' -> in.readFloat();
      case 'C' -> in.readChar();
      case 'S' -> in.readShort();
      case 'B' -> in.readByte();
      default -> in.readObject();
    };
  }

  private Object readResolve() throws ObjectStreamException {
    Object record = value;
    if (record == null) {
      throw new InvalidObjectException("a record without components");
    }
    return record;
  }
}
