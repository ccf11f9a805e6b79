module shop {
  requires dev.heddle.process;
  requires words;
  uses words.Word;
  opens shop.data to dev.heddle.codec;
}
