package io.llmplatform.query.export;

import io.llmplatform.contracts.http.Role;
import io.llmplatform.contracts.read.ReadRecord;
import io.llmplatform.query.access.Allowed;
import io.llmplatform.query.access.Person;
import io.llmplatform.query.reading.ExportHeaders;
import io.llmplatform.query.reading.Recorded;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Exports, for those who see everything. A file is made as a whole before it is sent: half of one would look complete. */
@RestController
@RequestMapping("/api/admin/v1/exports")
class ExportController {
    private final ExportRows rows;
    private final Map<String, ExportSource> sources;

    ExportController(ExportRows rows, List<ExportSource> sources) {
        this.rows = rows;
        this.sources = sources.stream().collect(Collectors.toMap(ExportSource::section, Function.identity()));
    }

    @GetMapping("/users")
    @Allowed({Role.ADMIN, Role.AUDITOR})
    @Recorded(ReadRecord.Type.DATA_EXPORTED)
    ResponseEntity<?> users(Person person, @RequestParam(defaultValue = "json") String format) throws IOException {
        return file("users", person, format);
    }

    @GetMapping("/api-keys")
    @Allowed({Role.ADMIN, Role.AUDITOR})
    @Recorded(ReadRecord.Type.DATA_EXPORTED)
    ResponseEntity<?> apiKeys(Person person, @RequestParam(defaultValue = "json") String format) throws IOException {
        return file("api-keys", person, format);
    }

    @GetMapping("/models")
    @Allowed({Role.ADMIN, Role.AUDITOR})
    @Recorded(ReadRecord.Type.DATA_EXPORTED)
    ResponseEntity<?> models(Person person, @RequestParam(defaultValue = "json") String format) throws IOException {
        return file("models", person, format);
    }

    private ResponseEntity<?> file(String section, Person person, String format) throws IOException {
        var all = rows.of(Objects.requireNonNull(sources.get(section)), person);
        boolean csv = format.equals("csv");
        var answer = ResponseEntity.ok()
                .header(ExportHeaders.ROWS, String.valueOf(all.size()))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(section + (csv ? ".csv" : ".json"))
                                .build()
                                .toString());
        if (!csv) {
            return answer.contentType(MediaType.APPLICATION_JSON).body(all);
        }
        var text = new StringBuilder();
        CsvTable.write(all, text);
        return answer.contentType(MediaType.parseMediaType("text/csv;charset=UTF-8"))
                .body(text.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
