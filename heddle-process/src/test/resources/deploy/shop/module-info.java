module shop {
  requires dev.heddle.process;
  requires words;
  uses words.Word;
}
