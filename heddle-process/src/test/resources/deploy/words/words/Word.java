package words;

public interface Word {
  String say();
}
