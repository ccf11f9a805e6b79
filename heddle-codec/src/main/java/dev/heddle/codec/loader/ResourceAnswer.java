package dev.heddle.codec.loader;

import dev.heddle.codec.message.BinaryReader;
import dev.heddle.codec.message.BinaryWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** The parent's answers to a worker's {@link ResourceRequest}. Stateless. */
final class ResourceAnswer {
  /** The largest resource that is sent to a worker, in bytes. */
  static final int LARGEST = 32 << 20;

  private static final int GIVEN = 1;
  private static final int FAILURE = 2;

  private ResourceAnswer() {}

  static byte[] ofUrls(List<String> urls) {
    BinaryWriter out = new BinaryWriter(128);
    out.put(GIVEN);
    out.putSize(urls.size());
    urls.forEach(out::putString);
    return out.toBytes();
  }

  /**
   * Returns the addresses.
   *
   * @throws IOException with the parent's words if they cannot be had
   */
  static List<String> urls(byte[] answer) throws IOException {
    BinaryReader in = given(answer);
    int count = in.getCount();
    List<String> urls = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      urls.add(in.getString());
    }
    return urls;
  }

  static byte[] ofContent(String name, InputStream content) {
    byte[] bytes;
    try (content) {
      bytes = content.readNBytes(LARGEST + 1);
    } catch (IOException e) {
      return unreadable(name, e);
    }
    if (bytes.length > LARGEST) {
      return failure(
          "resource '" + name + "' is larger than " + (LARGEST >> 20) + " MiB, the most that a worker is sent of one;"
              + " keep it in a file and give tasks its path");
    }
    BinaryWriter out = new BinaryWriter(bytes.length + 1);
    out.put(GIVEN);
    out.write(bytes, 0, bytes.length);
    return out.toBytes();
  }

  /** The answer that the parent could not find out or read it. */
  static byte[] unreadable(String name, Throwable cause) {
    return failure("the program cannot read resource '" + name + "' for a worker: " + cause);
  }

  private static byte[] failure(String message) {
    BinaryWriter out = new BinaryWriter(message.length() + 8);
    out.put(FAILURE);
    out.putString(message);
    return out.toBytes();
  }

  /**
   * Returns a stream of the content.
   *
   * @throws IOException with the parent's words if it cannot be had
   */
  static InputStream content(byte[] answer) throws IOException {
    return new ByteArrayInputStream(given(answer).rest());
  }

  private static BinaryReader given(byte[] answer) throws IOException {
    BinaryReader in = new BinaryReader(answer);
    if (in.get() == GIVEN) {
      return in;
    }
    throw new IOException(in.getString());
  }
}
