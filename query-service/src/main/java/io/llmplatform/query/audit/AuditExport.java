package io.llmplatform.query.audit;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.query.export.CsvCell;
import io.llmplatform.query.web.RefusedException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * A search as a file: page by page onto the disk, then out of it, so that no memory is needed for it and half of one, which would
 * look complete, is never sent. The file has no name any more when the first byte is written to it.
 */
@Component
class AuditExport {
    static final int MOST = 100_000;

    private static final int PAGE = 1_000;
    private static final List<String> COLUMNS = List.of(
            "id",
            "at",
            "position",
            "type",
            "actor.type",
            "actor.id",
            "actor.name",
            "ip",
            "user_agent",
            "request_id",
            "reason",
            "entity_type",
            "entity_id",
            "entity_name",
            "changes");

    private final AuditIndex index;

    AuditExport(AuditIndex index) {
        this.index = index;
    }

    /** @throws RefusedException when more than {@link #MOST} fit */
    Exported of(AuditFilter filter, boolean csv) throws IOException {
        var query = filter.query();
        if (index.count(query, MOST + 1) > MOST) {
            throw RefusedException.parameter("to", "more than " + MOST + " entries fit; ask for a shorter time");
        }
        var file = unnamed();
        try {
            long rows = write(query, csv, file);
            long bytes = file.position();
            return new Exported(rows, bytes, new InputStreamResource(Channels.newInputStream(file.position(0))));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private long write(Query query, boolean csv, FileChannel file) throws IOException {
        long rows = 0;
        // Not closed: that would close the file.
        var out = new BufferedWriter(Channels.newWriter(file, StandardCharsets.UTF_8));
        var table = csv ? CSVFormat.RFC4180.print(out) : null;
        if (table != null) {
            table.printRecord(COLUMNS);
        }
        @Nullable AuditCursor last = null;
        List<ObjectNode> page;
        do {
            page = index.find(query, PAGE, last);
            for (var entry : page) {
                write(entry, table, out);
            }
            rows += page.size();
            last = page.isEmpty() ? null : AuditSearch.cursor(page.getLast());
        } while (page.size() == PAGE && rows <= MOST);
        out.flush();
        return rows;
    }

    private static void write(ObjectNode entry, @Nullable CSVPrinter table, Writer out) throws IOException {
        if (table == null) {
            out.write(ContractJson.mapper().writeValueAsString(entry));
            out.write('\n');
        } else {
            table.printRecord(COLUMNS.stream().map(column -> CsvCell.of(entry.at("/" + column.replace('.', '/')))));
        }
    }

    private static FileChannel unnamed() throws IOException {
        var path = Files.createTempFile("audit-export-", "");
        try {
            return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } finally {
            Files.delete(path);
        }
    }

    /** @param content to be read once */
    record Exported(long rows, long bytes, Resource content) {}
}
