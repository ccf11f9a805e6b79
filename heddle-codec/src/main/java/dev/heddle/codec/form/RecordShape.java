package dev.heddle.codec.form;

import dev.heddle.codec.message.CodecException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/** The components of a record class, with access to its fields and its canonical constructor. Immutable. */
public final class RecordShape {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final MethodType READ = MethodType.methodType(Object.class, Object.class);

  private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
    @Override
    protected RecordShape computeValue(Class<?> type) {
      return new RecordShape(type);
    }
  };

  private final Class<?>[] types;
  private final MethodHandle[] getters;
  private final MethodHandle constructor;

  private RecordShape(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    types = new Class<?>[components.length];
    getters = new MethodHandle[components.length];
    try {
      for (int i = 0; i < types.length; i++) {
        types[i] = components[i].getType();
        Field field = type.getDeclaredField(components[i].getName());
        field.setAccessible(true);
        getters[i] = LOOKUP.unreflectGetter(field).asType(READ);
      }
      Constructor<?> canonical = type.getDeclaredConstructor(types);
      canonical.setAccessible(true);
      constructor = LOOKUP
          .unreflectConstructor(canonical)
          .asSpreader(Object[].class, types.length)
          .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      throw new CodecException(
          "the record " + type.getName()
              + " cannot be read or made by Heddle: its package is not open to it; declare 'opens "
              + type.getPackageName() + " to dev.heddle.codec' in module " + type.getModule().getName()
              + ", or let the record implement Serializable",
          e);
    }
  }

  /**
   * Returns the shape of a record class.
   *
   * @throws CodecException if its package is not open to this module
   */
  public static RecordShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  /** Returns the number of components. */
  public int size() {
    return types.length;
  }

  /** Returns the declared type of a component. */
  public Class<?> type(int index) {
    return types[index];
  }

  /** Returns the getters of the components, from Object to Object. */
  public MethodHandle[] getters() {
    return getters.clone();
  }

  /** Returns the value of a component. */
  public @Nullable Object get(Object value, int index) {
    try {
      return (Object) getters[index].invokeExact(value);
    } catch (Throwable e) {
      throw new CodecException(value.getClass().getName() + " cannot be taken apart: " + e, e);
    }
  }

  /** Returns a record with the given components; throws what its constructor throws. */
  public Object create(@Nullable Object[] components) throws Throwable {
    return (Object) constructor.invokeExact(components);
  }
}
