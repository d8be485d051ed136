"""Asks a burntind about one DICOM file and prints its verdict.

usage: inspect_file.py HOST:PORT FILE
Exit status: 0 clear, 1 anything else.
"""

import os
import sys

import grpc
from burntin.v1 import detection_service_pb2 as pb
from burntin.v1 import detection_service_pb2_grpc, report_pb2


def upload(path):
    """Promises the size, then sends the bytes in chunks of 1 MiB."""
    header = pb.InstanceHeader(path=path, file_size_bytes=os.path.getsize(path))
    yield pb.InspectInstanceRequest(header=header)
    with open(path, "rb") as file:
        while chunk := file.read(1 << 20):
            yield pb.InspectInstanceRequest(chunk=chunk)


# A report may be large, and a proxy would see patients' data.
OPTIONS = [("grpc.max_receive_message_length", -1),
           ("grpc.enable_http_proxy", 0)]

with grpc.insecure_channel(sys.argv[1], OPTIONS) as channel:
    service = detection_service_pb2_grpc.DetectionServiceStub(channel)
    report = service.InspectInstance(upload(sys.argv[2]), timeout=300).report
print(report_pb2.Verdict.Name(report.verdict), f"risk {report.risk:.2f}")
for reason in report.reasons:
    print(f"  {reason.code}: {reason.message}")
sys.exit(report.verdict != report_pb2.VERDICT_CLEAR)
