"""What the tasks of a reading give together, without Spark: the path of each record, one JSON string a line.

without_spark.py BYTES PATH...
"""

import json
import sys

from news_ingest.options import Options
from news_ingest.plan import expanded, parts
from news_ingest.task import Job, read

options = Options.of({"paths": "[]", "path": sys.argv[2], "partitionBytes": sys.argv[1]})
shared = parts(expanded(options.paths), options)
for part in shared:
    for batch in read(Job(["path"], options.flags), part):
        for path in batch.column("path").to_pylist():
            print(json.dumps(path))
print(len(shared), "tasks", file=sys.stderr)
