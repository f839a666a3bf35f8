import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.facet.FacetResult;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.FacetsCollectorManager;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.LabelAndValue;
import org.apache.lucene.facet.sortedset.DefaultSortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetCounts;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetField;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.queryparser.classic.MultiFieldQueryParser;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.FSDirectory;

/** `ingest TSV INDEX`, `ask INDEX QUESTIONS PASSES FACETS`, `serve INDEX FACETS`. */
public final class Lucene {
  private static final String[] FIELDS = {"title", "heading", "body"};
  private static final Map<String, Float> BOOSTS = Map.of("title", 1.7f, "heading", 1.6f, "body", 1f);
  private static final List<String> FACETS = List.of("section", "skill", "role");
  private static final Analyzer ANALYZER = new EnglishAnalyzer();

  private final IndexSearcher searcher;
  private final SortedSetDocValuesReaderState state;
  private final int facets;

  private Lucene(Path index, int facets) throws IOException {
    DirectoryReader reader = DirectoryReader.open(FSDirectory.open(index));
    this.searcher = new IndexSearcher(reader);
    this.state = new DefaultSortedSetDocValuesReaderState(reader, config());
    this.facets = facets;
  }

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "ingest" -> ingest(Path.of(arguments[1]), Path.of(arguments[2]));
      case "ask" -> new Lucene(Path.of(arguments[1]), Integer.parseInt(arguments[4]))
          .ask(Path.of(arguments[2]), Integer.parseInt(arguments[3]));
      case "serve" -> new Lucene(Path.of(arguments[1]), Integer.parseInt(arguments[2])).serve();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static FacetsConfig config() {
    FacetsConfig config = new FacetsConfig();
    config.setMultiValued("skill", true);
    return config;
  }

  private static void ingest(Path sections, Path index) throws IOException {
    FieldType words = new FieldType(TextField.TYPE_STORED);
    words.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);
    FacetsConfig config = config();
    IndexWriterConfig settings = new IndexWriterConfig(ANALYZER).setRAMBufferSizeMB(128);
    try (IndexWriter writer = new IndexWriter(FSDirectory.open(index), settings);
        var lines = Files.newBufferedReader(sections)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] columns = line.split("\t", -1);
        Document document = new Document();
        document.add(new StringField("page", columns[0], Field.Store.YES));
        add(document, "role", columns[1]);
        add(document, "section", columns[2]);
        for (String skill : columns[3].split(",")) {
          add(document, "skill", skill);
        }
        for (int field = 0; field < FIELDS.length; field++) {
          document.add(new Field(FIELDS[field], columns[4 + field], words));
        }
        writer.addDocument(config.build(document));
      }
      writer.commit();
    }
  }

  private static void add(Document document, String facet, String value) {
    if (!value.isEmpty()) {
      document.add(new SortedSetDocValuesFacetField(facet, value));
    }
  }

  private static Query query(String question) throws Exception {
    MultiFieldQueryParser parser = new MultiFieldQueryParser(FIELDS, ANALYZER, BOOSTS);
    parser.setDefaultOperator(QueryParser.Operator.AND);
    return parser.parse(QueryParser.escape(question.toLowerCase()));
  }

  /** An answer as JSON, and how many hits it shows. */
  private record Answer(String json, int shown) {}

  private Answer search(String question) throws Exception {
    Query query = query(question);
    TopDocs top = searcher.search(query, 10);
    UnifiedHighlighter highlighter = UnifiedHighlighter.builder(searcher, ANALYZER).withMaxLength(1 << 20).build();
    String[] snippets = highlighter.highlight("body", query, top, 1);
    StringBuilder json = new StringBuilder("{\"hits\":[");
    for (int hit = 0; hit < top.scoreDocs.length; hit++) {
      Document document = searcher.storedFields().document(top.scoreDocs[hit].doc);
      json.append(hit > 0 ? ",{" : "{");
      for (String field : List.of("page", "title", "heading")) {
        text(json, field, document.get(field)).append(',');
      }
      text(json, "snippet", snippets[hit] == null ? "" : snippets[hit]).append('}');
    }
    json.append("],\"facets\":{");
    if (facets > 0) {
      FacetsCollector found = searcher.search(query, new FacetsCollectorManager());
      SortedSetDocValuesFacetCounts counts = new SortedSetDocValuesFacetCounts(state, found);
      for (int facet = 0; facet < facets; facet++) {
        json.append(facet > 0 ? ",\"" : "\"").append(FACETS.get(facet)).append("\":{");
        FacetResult values = counts.getTopChildren(20, FACETS.get(facet));
        int at = 0;
        for (LabelAndValue value : values == null ? new LabelAndValue[0] : values.labelValues) {
          text(json.append(at++ > 0 ? "," : ""), value.label, null).append(value.value);
        }
        json.append('}');
      }
    }
    return new Answer(json.append("}}").toString(), top.scoreDocs.length);
  }

  private static StringBuilder text(StringBuilder json, String name, String value) {
    quoted(json, name).append(':');
    return value == null ? json : quoted(json, value);
  }

  private static StringBuilder quoted(StringBuilder json, String text) {
    json.append('"');
    for (int at = 0; at < text.length(); at++) {
      char letter = text.charAt(at);
      if (letter == '"' || letter == '\\') {
        json.append('\\').append(letter);
      } else {
        json.append(letter < ' ' ? ' ' : letter);
      }
    }
    return json.append('"');
  }

  private void ask(Path questions, int passes) throws Exception {
    List<String> asked = Files.readAllLines(questions);
    Map<String, Integer> counts = new HashMap<>();
    PrintStream out = new PrintStream(System.out, false);
    for (int pass = 0; pass <= passes; pass++) {
      for (String question : asked) {
        if (pass == 0) {
          counts.put(question, searcher.count(query(question)));
          // What is compiled while it runs is not measured.
          for (int warm = 0; warm < 5; warm++) {
            search(question);
          }
          continue;
        }
        long start = System.nanoTime();
        Answer answer = search(question);
        long took = System.nanoTime() - start;
        out.println(took / 1e3 + "\t" + counts.get(question) + "\t" + answer.shown());
      }
    }
    out.flush();
  }

  private void serve() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.setExecutor(Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors()));
    server.createContext("/search", this::answer);
    server.start();
    System.out.println("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    String asked = exchange.getRequestURI().getRawQuery().replaceFirst("^q=", "");
    try (exchange) {
      byte[] body = search(URLDecoder.decode(asked, StandardCharsets.UTF_8)).json().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("content-type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException problem) {
      throw problem;
    } catch (Exception problem) {
      exchange.sendResponseHeaders(500, -1);
    }
  }
}
