package dev.heddle.iter;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.NopInstruction;
import java.lang.constant.ConstantDescs;
import org.jspecify.annotations.Nullable;

/** The changes that {@link WeavingAgent} makes to classes: adds a field, or an instruction to each method, or changes lambdas. */
public final class Weaver {
  private final String kind;

  /** A weaver that adds a {@code member} or {@code code}, or changes a constant in each {@code lambda}. */
  public Weaver(String kind) {
    this.kind = kind;
  }

  /** Returns the changed class file; null for an empty one. */
  public byte @Nullable [] weave(byte[] bytes) {
    ClassFile files = ClassFile.of();
    if (bytes.length == 0) {
      return null;
    }
    ClassTransform transform = kind.equals("lambda")
        ? inLambdas()
        : kind.equals("member")
            ? ClassTransform.endHandler(c -> c.withField("woven", ConstantDescs.CD_int, ClassFile.ACC_STATIC))
            : ClassTransform.transformingMethodBodies(
                CodeTransform.ofStateful(() -> {
                  boolean[] begun = new boolean[1];
                  return (out, element) -> {
                    if (!begun[0]) {
                      begun[0] = true;
                      out.with(NopInstruction.of());
                    }
                    out.with(element);
                  };
                }));
    return files.transformClass(files.parse(bytes), transform);
  }

  /** What cannot be seen from outside: code of the same length, in the bodies of lambdas only. */
  private static ClassTransform inLambdas() {
    return ClassTransform.transformingMethodBodies(
        method -> method.methodName().stringValue().startsWith("lambda$"),
        (out, element) -> {
          if (element instanceof ConstantInstruction constant && constant.constantValue() instanceof Integer two
              && two == 2) {
            out.loadConstant(3);
          } else {
            out.with(element);
          }
        });
  }
}
