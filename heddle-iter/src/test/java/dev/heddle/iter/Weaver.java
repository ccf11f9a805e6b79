package dev.heddle.iter;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.NopInstruction;
import java.lang.constant.ConstantDescs;
import org.jspecify.annotations.Nullable;

/** What the agent of {@link ServedClassTest} does to classes: adds a field, or an instruction to each method. */
public final class Weaver {
  private final String kind;

  /** A weaver that adds a {@code member} or {@code code}. */
  public Weaver(String kind) {
    this.kind = kind;
  }

  /** Returns the changed class file; null for an empty one. */
  public byte @Nullable [] weave(byte[] bytes) {
    ClassFile files = ClassFile.of();
    if (bytes.length == 0) {
      return null;
    }
    ClassTransform transform = kind.equals("member")
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
}
