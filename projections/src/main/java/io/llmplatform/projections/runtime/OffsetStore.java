package io.llmplatform.projections.runtime;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The offsets to read next, in {@code readmodel.projection_offset}. */
@Component
class OffsetStore {
    private final JdbcClient jdbc;
    private final String load = SqlFile.read("offset-load");
    private final String create = SqlFile.read("offset-create");
    private final String claim = SqlFile.read("offset-claim");

    OffsetStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The next offset of each partition, 0 for one never read. */
    Map<TopicPartition, Long> load(Target target, Collection<TopicPartition> partitions) {
        var offsets = new HashMap<TopicPartition, Long>();
        for (var partition : partitions) {
            bound(create, target, partition).update();
            offsets.put(
                    partition, bound(load, target, partition).query(Long.class).single());
        }
        return offsets;
    }

    /**
     * Moves offsets and holds their rows until the transaction ends, so that only one instance at a time works on a
     * partition. Always in the same order, so that two instances cannot deadlock.
     *
     * @throws FencedException when an offset is not the expected one
     */
    void claim(Target target, Map<TopicPartition, Long> expected, Map<TopicPartition, Long> next) {
        for (var partition : next.keySet().stream()
                .sorted(Comparator.comparingInt(TopicPartition::partition))
                .toList()) {
            long from = expected.getOrDefault(partition, 0L);
            int moved = bound(claim, target, partition)
                    .param("expected", from)
                    .param("next", next.get(partition))
                    .update();
            if (moved == 0) {
                throw new FencedException(target, partition.topic(), partition.partition(), from);
            }
        }
    }

    /**
     * Holds the offsets of a build until the transaction ends: nobody applies anything to it meanwhile.
     *
     * @throws FencedException when the build is not there any more
     */
    void hold(Target target) {
        int held = jdbc.sql("""
                        select partition from readmodel.projection_offset
                        where projection = ? and build = ? and place = ? order by topic, partition for update""")
                .params(target.projection().name(), target.build(), target.schema())
                .query(Integer.class)
                .list()
                .size();
        if (held == 0) {
            throw new FencedException(target);
        }
    }

    /** Sets every partition back to the beginning. */
    void reset(Target target) {
        jdbc.sql("""
                        update readmodel.projection_offset set next_offset = 0
                        where projection = ? and build = ? and place = ?""")
                .params(target.projection().name(), target.build(), target.schema())
                .update();
    }

    private JdbcClient.StatementSpec bound(String sql, Target target, TopicPartition partition) {
        return jdbc.sql(sql)
                .param("projection", target.projection().name())
                .param("build", target.build())
                .param("place", target.schema())
                .param("topic", partition.topic())
                .param("partition", partition.partition());
    }
}
