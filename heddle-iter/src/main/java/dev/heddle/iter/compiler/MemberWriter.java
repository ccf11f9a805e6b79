package dev.heddle.iter.compiler;

import dev.heddle.iter.compiler.Analysis.Construction;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.invoke.MethodHandleInfo;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the body's uses of members: as they are, or linked on behalf of the host where the machine has no access. */
final class MemberWriter {
  private final CodeBuilder out;
  private final Access access;
  private final Set<Integer> movedNews;
  private final int temporaries;

  MemberWriter(CodeBuilder out, Access access, Set<Integer> movedNews, int temporaries) {
    this.out = out;
    this.access = access;
    this.movedNews = movedNews;
    this.temporaries = temporaries;
  }

  /** Writes a call; of a constructor, if it is one for an object that the body has made. */
  void call(InvokeInstruction call, @Nullable Construction construction) {
    ClassDesc owner = call.owner().asSymbol();
    String name = call.name().stringValue();
    String type = call.type().stringValue();
    if (construction != null) {
      construct(construction, call, owner, type);
      return;
    }
    int kind = switch (call.opcode()) {
      case INVOKESTATIC -> MethodHandleInfo.REF_invokeStatic;
      case INVOKESPECIAL -> MethodHandleInfo.REF_invokeSpecial;
      case INVOKEINTERFACE -> MethodHandleInfo.REF_invokeInterface;
      default -> MethodHandleInfo.REF_invokeVirtual;
    };
    if (owner.equals(ConstantDescs.CD_MethodHandles) && name.equals("lookup")) {
      out.loadConstant(access.lookup());
    } else if (access.isDirect(kind, owner, name, type)) {
      out.with(call);
    } else {
      out.invokedynamic(access.linked(kind, owner, name, type));
    }
  }

  private void construct(Construction construction, InvokeInstruction call, ClassDesc owner, String type) {
    if (!movedNews.contains(construction.newAt())) {
      out.with(call);
      return;
    }
    if (!access.isDirect(MethodHandleInfo.REF_newInvokeSpecial, owner, ConstantDescs.INIT_NAME, type)) {
      out.invokedynamic(access.linked(MethodHandleInfo.REF_newInvokeSpecial, owner, ConstantDescs.INIT_NAME, type));
      if (construction.copies() == 1) {
        out.pop();
      }
      return;
    }
    List<VType> arguments = call.typeSymbol().parameterList().stream().map(VType::of).toList();
    int end = temporaries + arguments.stream().mapToInt(VType::size).sum();
    int slot = end;
    for (VType argument : arguments.reversed()) {
      slot -= argument.size();
      out.storeLocal(argument.kind(), slot);
    }
    out.new_(owner);
    if (construction.copies() == 2) {
      out.dup();
    }
    for (VType argument : arguments) {
      out.loadLocal(argument.kind(), slot);
      slot += argument.size();
    }
    out.with(call);
  }

  /** Writes an access to a field. */
  void field(FieldInstruction field) {
    int kind = switch (field.opcode()) {
      case GETFIELD -> MethodHandleInfo.REF_getField;
      case GETSTATIC -> MethodHandleInfo.REF_getStatic;
      case PUTFIELD -> MethodHandleInfo.REF_putField;
      default -> MethodHandleInfo.REF_putStatic;
    };
    ClassDesc owner = field.owner().asSymbol();
    String name = field.name().stringValue();
    String type = field.type().stringValue();
    if (access.isDirect(kind, owner, name, type)) {
      out.with(field);
    } else {
      out.invokedynamic(access.linked(kind, owner, name, type));
    }
  }

  /** Writes an invokedynamic, linked on behalf of the host. */
  void dynamic(InvokeDynamicEntry call) {
    var site = call.asSymbol();
    out.invokedynamic(
        access.linked(
            (DirectMethodHandleDesc) site.bootstrapMethod(),
            site.invocationName(),
            site.invocationType(),
            List.of(site.bootstrapArgs())));
  }
}
