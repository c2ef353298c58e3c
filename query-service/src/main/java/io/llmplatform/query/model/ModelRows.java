package io.llmplatform.query.model;

import java.util.Optional;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.data.repository.Repository;

interface ModelRows extends Repository<ModelRow, String>, JpaSpecificationExecutor<ModelRow> {
    Optional<ModelRow> findById(String id);
}
