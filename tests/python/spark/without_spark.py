"""What the tasks of a reading give together, without Spark: the path of each record, one JSON string a line.

without_spark.py OPTION=VALUE...
"""

import json
import sys

from news_ingest.options import Options
from news_ingest.plan import parts
from news_ingest.task import Job, read

options = Options.of(dict(option.split("=", 1) for option in sys.argv[1:]))
shared = parts(options)
for part in shared:
    for batch in read(Job(["path"], options.flags), part):
        for path in batch.column("path").to_pylist():
            print(json.dumps(path))
print(len(shared), "tasks", file=sys.stderr)
