package dev.heddle.process.codec;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
public interface ClassSource { byte @Nullable [] bytesOf(String className) throws IOException; }
